import { Type } from '@sinclair/typebox'
import { closed, Count, Cursor, endpoint, Instant, Limit, Nullable, PageOf } from '../endpoint.ts'

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
  edition: Type.Integer(),
  evidence: Type.Array(Type.String()),
  conditions: Type.Array(ConditionView),
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
      changed: Type.Array(closed({ key: Type.String(), fields: Type.Array(closed({ pointer: Type.String(), before: Type.String(), after: Type.String() })) })),
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
}
