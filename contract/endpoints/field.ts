import { Type } from '@sinclair/typebox'
import { closed, Count, Crs, endpoint, Instant, Nullable, Position, Uuid } from '../endpoint.ts'
import { Ability } from './cases.ts'
import { DutyClass, DutyItem } from './patrol.ts'

const Digest = Type.String({ pattern: '^[0-9a-f]{16}$' })
const EditionNumber = Type.String({ pattern: '^\\d{1,9}$' })
/** A shift (当班) of a grid worker: from going on duty to going off. It ends by itself after so many hours, and with it every sharing of a position. */
const Shift = closed({ id: Uuid, startedAt: Instant, endsAt: Instant, endedAt: Nullable(Instant) })
const Photo = closed({ id: Uuid, mediaType: Type.String(), bytes: Count })

/** A case that waits for the worker (待办任务), with what the worker needs on the spot and the moves that the post may make. */
const Task = closed({
  id: Uuid,
  number: Type.String(),
  title: Type.String(),
  text: Type.String(),
  address: Nullable(Type.String()),
  state: Type.String(),
  step: Type.String(),
  seq: Type.Integer(),
  round: Type.Integer(),
  matterName: Nullable(Type.String()),
  closing: Nullable(Type.String({ description: 'what must be met before it can be closed' })),
  gridCode: Nullable(Type.String()),
  areaNames: Type.Array(Type.String()),
  position: Nullable(Position),
  ownerName: Nullable(Type.String()),
  stateAt: Instant,
  dueAt: Nullable(Instant),
  overdue: Type.Boolean(),
  photos: Type.Array(Photo),
  /** What the last handler wrote and showed, which is what a check looks at. */
  handled: Nullable(closed({ note: Nullable(Type.String()), at: Instant, photos: Type.Array(Photo) })),
  moves: Type.Array(Ability),
})
/** How the live duties of one grid stand: one letter for each period of `periods`, in their order. */
export const DUTY_LETTERS = { o: 'open', v: 'overdue', m: 'missed', d: 'done', l: 'late', x: 'excused', n: 'none' } as const
const GridDuties = closed({ gridCode: Type.String(), states: Type.String({ pattern: '^[ovmdlxn]*$' }) })
const DutyPeriod = closed({ itemKey: Type.String(), period: Type.String(), startsAt: Instant, dueAt: Instant, closesAt: Instant })
const Numbers = closed({
  span: Type.Union([Type.Literal('today'), Type.Literal('week')]),
  from: Instant,
  done: Count,
  excused: Count,
  corrected: Count,
  reported: Count,
  moved: Count,
})
const Refused = closed({ key: Type.String(), code: Type.String(), zh: Type.String(), en: Type.String(), at: Instant })
/** A grid that a telephone still has and the post has no more (移交), and who has it now. */
const Left = closed({
  code: Type.String(),
  name: Type.String(),
  how: Type.Union([Type.Literal('ended'), Type.Literal('moved')]),
  to: Type.Array(closed({ postTitle: Type.String(), unitName: Type.String() })),
  successors: Type.Array(Type.String()),
})
const MatterRow = closed({
  key: Type.String(),
  code: Type.String(),
  name: Type.String(),
  className: Type.String(),
  aliases: Type.Array(Type.String()),
  typeCode: Nullable(Type.String({ description: 'type of the components that such a report may name' })),
  rows: Type.Array(closed({ rowNo: Type.Integer(), filing: Type.String(), limitText: Type.String() })),
})
const Geometry = Type.Object({ type: Type.String(), coordinates: Type.Array(Type.Unknown()) }, { additionalProperties: true })
const Bundle = closed({
  today: Type.String(),
  shift: Nullable(Shift),
  grids: Type.Array(closed({ code: Type.String(), name: Type.String(), part: Nullable(Type.String()), center: Position })),
  left: Type.Array(Left),
  tasks: Type.Array(Task),
  /** True where more cases wait than are sent. */
  moreTasks: Type.Boolean(),
  periods: Type.Array(DutyPeriod),
  duties: Type.Array(GridDuties),
  numbers: Type.Array(Numbers),
  refused: Type.Array(Refused),
  /** Null where the telephone has this edition. */
  items: Nullable(
    closed({
      edition: Type.Integer(),
      classes: Type.Array(DutyClass),
      rows: Type.Array(DutyItem),
      /** Fields that several items ask (一表巡): asked once on a round, answered for each. */
      joint: Type.Array(
        closed({ subject: Type.String(), asked: Type.Array(closed({ itemKey: Type.String(), field: Type.String(), zh: Type.String(), en: Type.String() })) }),
      ),
    }),
  ),
  matters: Nullable(closed({ edition: Type.Integer(), rows: Type.Array(MatterRow) })),
  areas: Nullable(closed({ digest: Digest, rows: Type.Array(closed({ code: Type.String(), geometry: Geometry })) })),
})

export const field = {
  beginShift: endpoint({
    id: 'field.beginShift',
    method: 'POST',
    path: '/api/v1/shifts',
    permission: 'field.work',
    purposes: [],
    demands: 'idempotency-key',
    status: 201,
    summary: 'Go on duty. Whoever is on duty already gets the shift that runs, so that two telephones of one person share it.',
    body: closed({ madeAt: Instant }),
    answer: Shift,
    errors: ['SHIFT_TIME_INVALID', 'KEY_MISSING', 'KEY_REUSED'],
  }),
  endShift: endpoint({
    id: 'field.endShift',
    method: 'POST',
    path: '/api/v1/shifts/:id/end',
    permission: 'field.work',
    purposes: [],
    demands: 'idempotency-key',
    status: 200,
    summary: 'Go off duty: from that instant no position is taken.',
    params: closed({ id: Uuid }),
    body: closed({ madeAt: Instant }),
    answer: Shift,
    errors: ['NOT_FOUND', 'SHIFT_OVER', 'SHIFT_TIME_INVALID', 'KEY_MISSING', 'KEY_REUSED'],
  }),
  takePositions: endpoint({
    id: 'field.takePositions',
    method: 'POST',
    path: '/api/v1/shifts/:id/positions',
    permission: 'field.work',
    purposes: [],
    status: 200,
    summary:
      'Positions of one’s own shift, rounded to about ten metres: only instants inside the shift and places inside the city are kept, one for each instant. After 30 days only counts by grid and hour are left.',
    params: closed({ id: Uuid }),
    body: closed({
      positions: Type.Array(
        closed({
          at: Instant,
          lon: Type.Number({ minimum: -180, maximum: 180 }),
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          crs: Crs,
          accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
        }),
        { minItems: 1, maxItems: 200 },
      ),
    }),
    answer: closed({ taken: Count, left: Count }),
    errors: ['NOT_FOUND'],
  }),
  bundle: endpoint({
    id: 'field.bundle',
    method: 'GET',
    path: '/api/v1/field/bundle',
    permission: 'field.work',
    purposes: ['handle-case'],
    status: 200,
    summary:
      'Everything that a telephone needs for the day in one answer: grids, tasks, duties, numbers, and of items, matters and boundaries what it does not have yet. With the `etag` of what it has, `bundle` is null where nothing is new.',
    query: closed({
      etag: Type.Optional(Digest),
      items: Type.Optional(EditionNumber),
      matters: Type.Optional(EditionNumber),
      areas: Type.Optional(Digest),
      had: Type.Optional(Type.String({ pattern: '^\\d{15}(,\\d{15}){0,199}$', description: 'grids that the telephone has, to hear who has those that left' })),
    }),
    answer: closed({ etag: Digest, asOf: Instant, bundle: Nullable(Bundle) }),
    errors: [],
  }),
  roster: endpoint({
    id: 'field.roster',
    method: 'GET',
    path: '/api/v1/shifts/roster',
    permission: 'field.roster',
    purposes: [],
    status: 200,
    summary:
      'Who is on shift below an area, as counts: by unit, and for each basic grid how many of those who answer for it are on shift and how many are there; grids with nobody on shift are counted. No names, no positions.',
    query: closed({ area: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z-]{1,40}$' })) }),
    answer: closed({
      asOf: Instant,
      code: Type.String(),
      name: Type.String(),
      onShift: Count,
      /** On shift with no position in the last half hour. */
      unplaced: Count,
      units: Type.Array(closed({ code: Type.String(), name: Type.String(), onShift: Count })),
      grids: Type.Array(closed({ code: Type.String(), name: Type.String(), posts: Count, onShift: Count, there: Count })),
      /** Grids with nobody on shift who answers for them. */
      uncovered: Count,
    }),
    errors: ['NOT_FOUND'],
  }),
}
