import { Type } from '@sinclair/typebox'
import { closed, Count, Cursor, endpoint, Instant, Limit, Nullable, PageOf, Said } from '../endpoint.ts'

export const ClockKind = Type.Union([
  Type.Literal('urgentHour'),
  Type.Literal('urgentDay'),
  Type.Literal('workHour'),
  Type.Literal('workDay'),
  Type.Literal('naturalDay'),
])
export const ConditionView = closed({
  rowNo: Type.Integer(),
  filing: Type.String(),
  closing: Type.String(),
  limitText: Type.String(),
  limit: Nullable(closed({ clock: ClockKind, amount: Type.Number(), note: Type.Optional(Type.String()) })),
  ownerText: Type.String(),
  supervisorText: Type.String(),
  calendar: Nullable(Type.String({ description: 'id of the working calendar that this row is counted by; null for the one of the matter' })),
})
export const MatterView = closed({
  key: Type.String(),
  scheme: Type.String(),
  domain: Type.String(),
  classCode: Type.String(),
  className: Type.String(),
  code: Type.String(),
  name: Type.String(),
  aliases: Type.Array(Type.String()),
  workflow: Type.String(),
  calendar: Nullable(Type.String({ description: 'id of the working calendar; null for the standard one of the city' })),
  edition: Type.Integer(),
  evidence: Type.Array(Type.String()),
  conditions: Type.Array(ConditionView),
})
const MatterKey = Type.String({ minLength: 1, maxLength: 80 })
const EditionNumber = Type.String({ pattern: '^\\d{1,9}$' })
const FieldChange = closed({ pointer: Type.String(), before: Type.String(), after: Type.String() })
const How = Type.Union([Type.Literal('same'), Type.Literal('changed'), Type.Literal('removed')])
const MatterChange = closed({ key: Type.String(), fields: Type.Array(FieldChange) })
/** A condition row of the older edition with its open cases and the row that continues it; `to` is null where none does. */
const RowMapping = closed({
  from: Type.Integer(),
  to: Nullable(Type.Integer()),
  openCases: Count,
  filing: Type.String(),
  limitBefore: Type.String(),
  limitAfter: Nullable(Type.String()),
  how: How,
})
const DayKind = Type.Union([Type.Literal('work'), Type.Literal('rest')])
const Periods = Type.Array(Type.Tuple([Type.Integer({ minimum: 0, maximum: 1440 }), Type.Integer({ minimum: 0, maximum: 1440 })]), {
  minItems: 1,
  maxItems: 6,
  description: 'office periods of a day: [start, end) in minutes after midnight, ascending',
})
const Weekday = Type.Integer({ minimum: 1, maximum: 7 })
const OfficeHours = closed({
  standard: Periods,
  byWeekday: Type.Optional(
    Type.Record(Type.String({ pattern: '^[1-7]$' }), Periods, { additionalProperties: false, description: 'weekdays that differ, Monday 1 to Sunday 7' }),
  ),
})
const CalendarRow = closed({
  id: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  standard: Type.Boolean({ description: 'the calendar of every matter that names none' }),
  version: Type.String(),
  publishedAt: Instant,
  note: Type.String(),
  timeZone: Type.String(),
  officeHours: OfficeHours,
  weekend: Type.Array(Weekday),
  knownFrom: Nullable(Type.String()),
  horizon: Type.String({ description: 'the last day that is known; deadlines beyond it are provisional' }),
  matters: Count,
})
const Problem = closed({ row: Nullable(Type.Integer()), pointer: Type.String(), code: Type.String(), detail: Nullable(Type.String()) })

export const catalog = {
  listMatters: endpoint({
    id: 'catalog.listMatters',
    method: 'GET',
    path: '/api/v1/matters',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'Matters of the edition in force with their condition rows, by key; `q` searches names and codes.',
    query: closed({
      q: Type.Optional(Type.String({ maxLength: 60 })),
      edition: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })),
      limit: Type.Optional(Limit),
      cursor: Type.Optional(Cursor),
    }),
    answer: PageOf(MatterView),
    errors: ['CURSOR_INVALID'],
  }),
  getMatter: endpoint({
    id: 'catalog.getMatter',
    method: 'GET',
    path: '/api/v1/matters/:key',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'One matter with its form (JSON Schema).',
    params: closed({ key: Type.String({ maxLength: 80 }) }),
    query: closed({ edition: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })) }),
    answer: closed({ matter: MatterView, form: Nullable(Type.Object({}, { additionalProperties: true })) }),
    errors: ['NOT_FOUND'],
  }),
  importMatters: endpoint({
    id: 'catalog.importMatters',
    method: 'POST',
    path: '/api/v1/matters/import',
    permission: 'catalog.publish',
    purposes: [],
    status: 200,
    maxBytes: 30 * 1024 * 1024,
    summary:
      'Read a catalogue (base64 of CSV, .xlsx or JSON), show the difference to the edition in force, and publish a new edition when `publish` is true. Live cases keep theirs.',
    body: closed({
      fileName: Type.String({ minLength: 1, maxLength: 200 }),
      base64: Type.String({ maxLength: 28 * 1024 * 1024 }),
      publish: Type.Boolean(),
      mapping: Type.Optional(Type.Record(Type.String(), Type.String())),
      scheme: Type.Optional(Type.Union([Type.Literal('cjt214'), Type.Literal('gbt30428'), Type.Literal('local')])),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    answer: closed({
      edition: Nullable(Type.Integer()),
      matters: Count,
      conditions: Count,
      added: Type.Array(Type.String()),
      removed: Type.Array(Type.String()),
      changed: Type.Array(MatterChange),
      unchanged: Count,
      warnings: Type.Array(Problem),
      errors: Type.Array(Problem),
    }),
    errors: ['IMPORT_INVALID'],
  }),
  listEditions: endpoint({
    id: 'catalog.listEditions',
    method: 'GET',
    path: '/api/v1/matter-editions',
    permission: 'catalog.read',
    purposes: [],
    status: 200,
    summary: 'Every published edition, newest first.',
    answer: closed({
      rows: Type.Array(
        closed({ edition: Type.Integer(), publishedAt: Instant, note: Type.String(), matters: Count, conditions: Count, digest: Type.String() }),
      ),
    }),
    errors: [],
  }),
  diffEditions: endpoint({
    id: 'catalog.diffEditions',
    method: 'GET',
    path: '/api/v1/matter-editions/:edition/difference',
    permission: 'catalog.read',
    purposes: [],
    status: 200,
    summary: 'What an edition changed against an earlier one (`from`; the one before it where absent): matters added, removed and changed, field by field.',
    params: closed({ edition: EditionNumber }),
    query: closed({ from: Type.Optional(EditionNumber) }),
    answer: closed({
      from: Type.Integer(),
      to: Type.Integer(),
      added: Type.Array(Type.String()),
      removed: Type.Array(Type.String()),
      changed: Type.Array(MatterChange),
      unchanged: Count,
    }),
    errors: ['EDITION_UNKNOWN'],
  }),
  migrationPreview: endpoint({
    id: 'catalog.migrationPreview',
    method: 'GET',
    path: '/api/v1/matter-editions/:edition/migration',
    permission: 'catalog.publish',
    purposes: [],
    status: 200,
    summary: 'Open cases on editions older than this one, by matter and edition, with how each condition row continues, changes or is gone. Changes nothing.',
    params: closed({ edition: EditionNumber }),
    answer: closed({
      edition: Type.Integer(),
      asOf: Instant,
      openCases: Count,
      rows: Type.Array(
        closed({
          matterKey: Type.String(),
          matterName: Type.String(),
          fromEdition: Type.Integer(),
          openCases: Count,
          unfiled: Type.Integer({ minimum: 0, description: 'open cases without a condition row yet; they take any row of the new edition' }),
          how: How,
          conditions: Type.Array(RowMapping),
          fields: Type.Array(FieldChange),
        }),
      ),
    }),
    errors: ['EDITION_UNKNOWN'],
  }),
  migrate: endpoint({
    id: 'catalog.migrate',
    method: 'POST',
    path: '/api/v1/matter-editions/:edition/migration',
    permission: 'catalog.publish',
    purposes: [],
    demands: 'idempotency-key',
    status: 201,
    summary: 'Move the open cases of chosen matters to this edition, row by row; running deadlines stay as they are, the next stage counts by the new edition.',
    params: closed({ edition: EditionNumber }),
    body: closed({
      reason: Said(500, 1),
      choices: Type.Array(
        closed({
          matterKey: MatterKey,
          fromEdition: Type.Integer({ minimum: 1 }),
          rowMap: Type.Array(closed({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }), { maxItems: 200 }),
        }),
        { minItems: 1, maxItems: 1_000 },
      ),
    }),
    answer: closed({
      edition: Type.Integer(),
      rows: Type.Array(closed({ matterKey: Type.String(), fromEdition: Type.Integer(), cases: Count, left: Count })),
    }),
    errors: ['EDITION_UNKNOWN', 'MATTER_UNKNOWN', 'CONDITION_UNKNOWN', 'KEY_MISSING', 'KEY_REUSED'],
  }),
  listCalendars: endpoint({
    id: 'catalog.listCalendars',
    method: 'GET',
    path: '/api/v1/calendars',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'The working calendars of the city in their newest versions, the standard one first, with how many matters are counted by each.',
    answer: closed({ rows: Type.Array(CalendarRow) }),
    errors: [],
  }),
  getCalendar: endpoint({
    id: 'catalog.getCalendar',
    method: 'GET',
    path: '/api/v1/calendars/:id',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'One calendar in its newest or a named version: days that break the weekly rule, and every version it ever had.',
    params: closed({ id: Type.String({ maxLength: 40 }) }),
    query: closed({ version: Type.Optional(Type.String({ maxLength: 80 })) }),
    answer: closed({
      calendar: CalendarRow,
      days: Type.Record(Type.String(), DayKind, { description: 'day to work (make-up workday) or rest (holiday)' }),
      versions: Type.Array(closed({ version: Type.String(), publishedAt: Instant, note: Type.String(), horizon: Type.String() })),
    }),
    errors: ['NOT_FOUND'],
  }),
  editCalendar: endpoint({
    id: 'catalog.editCalendar',
    method: 'POST',
    path: '/api/v1/calendars/:id',
    permission: 'catalog.publish',
    purposes: [],
    status: 200,
    summary:
      'Show what an edit of a calendar changes, and publish it as a new version when `publish` is true. Closed facts keep their version; provisional open deadlines are counted again. `version` names the one looked at, so a resend or a race is refused.',
    params: closed({ id: Type.String({ maxLength: 40 }) }),
    body: closed({
      version: Type.String({ minLength: 1, maxLength: 80 }),
      publish: Type.Boolean(),
      note: Said(500, 1),
      days: Type.Optional(
        Type.Record(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Union([DayKind, Type.Literal('standard')]), {
          additionalProperties: false,
          description: 'days to set; `standard` takes an exception away',
        }),
      ),
      horizon: Type.Optional(Type.String({ format: 'date' })),
      officeHours: Type.Optional(OfficeHours),
      weekend: Type.Optional(Type.Array(Weekday, { maxItems: 6, uniqueItems: true })),
    }),
    answer: closed({
      version: Nullable(Type.String({ description: 'the new version; null where nothing was published' })),
      days: Type.Array(closed({ day: Type.String(), before: Type.String(), after: Type.String() })),
      fields: Type.Array(FieldChange),
      recomputed: Nullable(Type.Integer({ minimum: 0, description: 'provisional open deadlines that were counted again' })),
    }),
    errors: ['NOT_FOUND', 'CALENDAR_STALE', 'CALENDAR_INVALID'],
  }),
}
