import { Type } from '@sinclair/typebox'
import { closed, Count, Cursor, endpoint, Instant, Limit, Nullable, Position, Said, Uuid } from '../endpoint.ts'

export const CaseRow = closed({
  id: Uuid, number: Type.String(), title: Type.String(), state: Type.String(), step: Type.String(), seq: Type.Integer(), round: Type.Integer(),
  matterKey: Nullable(Type.String()), matterName: Nullable(Type.String()), gridCode: Nullable(Type.String()), areaPath: Type.String(), areaNames: Type.Array(Type.String()),
  position: Nullable(Position), owner: Nullable(Type.String()), ownerName: Nullable(Type.String()), openedAt: Instant, stateAt: Instant, dueAt: Nullable(Instant), overdue: Type.Boolean(), channel: Type.String(),
})
const Attachment = closed({ id: Uuid, mediaType: Type.String(), bytes: Count })
export const EntryView = closed({
  seq: Type.Integer(), at: Instant, move: Type.String(), kind: Type.String(), stateAfter: Type.String(), personName: Nullable(Type.String()), postTitle: Nullable(Type.String()), unitName: Nullable(Type.String()),
  reasonCode: Nullable(Type.String()), payload: Type.Object({}, { additionalProperties: true }), attachments: Type.Array(Attachment), prevHash: Type.String(), hash: Type.String(), erased: Type.Boolean(),
})
const DeadlineView = closed({ stage: Type.String(), clock: Type.String(), amount: Type.Number(), startedAt: Instant, dueAt: Instant, provisional: Type.Boolean(), stoppedAt: Nullable(Instant), overdueAt: Nullable(Instant) })
/** A move that leaves the present state, with whether this actor may make it and, if not, the code that says why. */
export const Ability = closed({
  move: Type.String(), kind: Type.String(), to: Nullable(Type.String()), allowed: Type.Boolean(), why: Nullable(Type.String()), needs: Type.Array(Type.String()), reasons: Type.Array(Type.String()),
})
export const MoveBody = closed({
  move: Type.String({ minLength: 1, maxLength: 40 }),
  reasonCode: Type.Optional(Type.String({ maxLength: 40 })),
  note: Type.Optional(Said(4_000)),
  matter: Type.Optional(Type.String({ maxLength: 80 })),
  conditionRow: Type.Optional(Type.Integer({ minimum: 1 })),
  closingConditionMet: Type.Optional(Type.Boolean()),
  owner: Type.Optional(Type.String({ maxLength: 40 })),
  evidence: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
  publicReply: Type.Optional(Said(4_000)),
})
const caseParams = closed({ id: Uuid })

export const cases = {
  list: endpoint({
    id: 'cases.list', method: 'GET', path: '/api/v1/cases', permission: 'cases.read', purposes: ['handle-case', 'supervise'], status: 200,
    summary: 'Cases inside one’s scope, newest first. `mine` keeps those in which one may move now; `indicator` with `from` and `to` opens the cases behind a figure.',
    query: closed({
      state: Type.Optional(Type.String({ maxLength: 200, description: 'one or several, by comma' })), area: Type.Optional(Type.String({ maxLength: 40 })), owner: Type.Optional(Type.String({ maxLength: 40 })),
      matter: Type.Optional(Type.String({ maxLength: 80 })), q: Type.Optional(Type.String({ maxLength: 100 })), overdue: Type.Optional(Type.Literal('true')), mine: Type.Optional(Type.Literal('true')),
      indicator: Type.Optional(Type.String({ maxLength: 40 })), part: Type.Optional(Type.Union([Type.Literal('numerator'), Type.Literal('denominator')])),
      from: Type.Optional(Instant), to: Type.Optional(Instant), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor),
    }),
    answer: closed({ rows: Type.Array(CaseRow), next: Nullable(Type.String()), total: Count }), errors: ['CURSOR_INVALID'],
  }),
  get: endpoint({
    id: 'cases.get', method: 'GET', path: '/api/v1/cases/:id', permission: 'cases.read', purposes: ['handle-case', 'supervise'], status: 200,
    summary: 'One case: what was said, its clocks, its condition, and the moves that the caller may make now or why not.', params: caseParams,
    answer: closed({
      case: CaseRow, said: closed({ text: Type.String(), address: Nullable(Type.String()), saidAt: Nullable(Instant), flags: Type.Array(Type.String()), photos: Type.Array(Attachment) }),
      reporter: Nullable(closed({ name: Nullable(Type.String()), contact: Nullable(Type.String()) })),
      condition: Nullable(closed({ edition: Type.Integer(), rowNo: Type.Integer(), filing: Type.String(), closing: Type.String(), limitText: Type.String() })),
      advice: Nullable(closed({ owner: Type.String(), ownerName: Type.String(), rule: Type.String(), zh: Type.String(), en: Type.String() })),
      filing: closed({ outcome: Type.String(), code: Type.String(), zh: Type.String(), en: Type.String() }),
      deadlines: Type.Array(DeadlineView), abilities: Type.Array(Ability), publicReply: Nullable(Type.String()),
    }), errors: ['NOT_FOUND', 'PURPOSE_NOT_ALLOWED'],
  }),
  listEntries: endpoint({
    id: 'cases.listEntries', method: 'GET', path: '/api/v1/cases/:id/entries', permission: 'cases.read', purposes: ['handle-case', 'supervise'], status: 200,
    summary: 'The whole ledger of one case, oldest first, with each line’s hash and whether the chain holds.', params: caseParams,
    answer: closed({ rows: Type.Array(EntryView), intact: Type.Boolean() }), errors: ['NOT_FOUND', 'PURPOSE_NOT_ALLOWED'],
  }),
  move: endpoint({
    id: 'cases.move', method: 'POST', path: '/api/v1/cases/:id/moves', permission: 'cases.read', purposes: [], demands: 'if-match', status: 200,
    summary: 'Make one move. The move’s own permission, party and needs are checked on the locked row; a refusal leaves one audit line.', params: caseParams, body: MoveBody,
    answer: closed({ id: Uuid, number: Type.String(), state: Type.String(), step: Type.String(), seq: Type.Integer() }),
    errors: [
      'NOT_FOUND', 'IF_MATCH_MISSING', 'SEQ_STALE', 'CASES_MOVE_UNKNOWN', 'CASES_MOVE_NOT_ALLOWED', 'CASES_PARTY_NOT_ALLOWED', 'CASES_RECEIVER_NOT_ALLOWED', 'CASES_SELF_CHECK_NOT_ALLOWED', 'CASES_SCORED_NOT_ALLOWED',
      'CASES_EVALUATOR_NOT_ALLOWED', 'CASES_INPUT_MISSING', 'CASES_REASON_UNKNOWN', 'MATTER_UNKNOWN', 'CONDITION_UNKNOWN', 'UNIT_UNKNOWN', 'BLOB_UNKNOWN', 'TEXT_NOT_ALLOWED',
    ],
  }),
  listPins: endpoint({
    id: 'cases.listPins', method: 'GET', path: '/api/v1/case-pins', permission: 'cases.read', purposes: [], status: 200,
    summary: 'Positions and states of open and recently closed cases inside a box, newest first; no words of anybody.',
    query: closed({ bbox: Type.String({ pattern: '^(-?\\d{1,3}(\\.\\d+)?,){3}-?\\d{1,3}(\\.\\d+)?$', description: 'west,south,east,north' }), limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,3}$' })) }),
    answer: closed({ rows: Type.Array(closed({ id: Uuid, number: Type.String(), state: Type.String(), step: Type.String(), overdue: Type.Boolean(), lon: Type.Number(), lat: Type.Number(), matterName: Nullable(Type.String()), at: Instant })), complete: Type.Boolean() }),
    errors: [],
  }),
  getBlob: endpoint({
    id: 'cases.getBlob', method: 'GET', path: '/api/v1/cases/:id/blobs/:blobId', permission: 'cases.read', purposes: ['handle-case', 'supervise'], status: 200, contentType: 'application/octet-stream',
    summary: 'One attachment of a case that the caller may see.', params: closed({ id: Uuid, blobId: Uuid }), answer: Type.String(), errors: ['NOT_FOUND', 'PURPOSE_NOT_ALLOWED'],
  }),
}
