import { Type } from '@sinclair/typebox'
import { closed, Count, Crs, Cursor, endpoint, Instant, Limit, Nullable, PageOf, Said, Uuid } from '../endpoint.ts'

export const CHANNELS = ['web', 'field', 'hotline', 'replay', 'open311', 'sensor'] as const
export const Outcome = Type.Union([Type.Literal('filed'), Type.Literal('rejected'), Type.Literal('waiting')])
const Reason = closed({ code: Type.String(), zh: Type.String(), en: Type.String(), rule: Nullable(Type.String()) })

export const ReportBody = closed({
  channel: Type.Union(CHANNELS.map((channel) => Type.Literal(channel))),
  title: Type.Optional(Said(200)),
  text: Said(20_000),
  matter: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'key of a matter' })),
  conditionRow: Type.Optional(Type.Integer({ minimum: 1 })),
  position: Type.Optional(
    closed({
      lon: Type.Number(),
      lat: Type.Number(),
      crs: Crs,
      accuracyM: Type.Optional(Type.Number({ minimum: 0 })),
      confirmed: Type.Optional(Type.Boolean({ description: 'the sender was asked and says that the system named is right' })),
    }),
  ),
  address: Type.Optional(Said(500)),
  component: Type.Optional(Type.String({ pattern: '^\\d{16}$', description: 'code of a city component; its position is taken where the report has none' })),
  saidAt: Type.Optional(Instant),
  photos: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
  form: Type.Optional(Type.Object({}, { additionalProperties: true })),
  reporter: Type.Optional(closed({ name: Type.Optional(Said(100)), contact: Type.Optional(Said(100)) })),
})
export const ReportAnswer = closed({
  reportId: Uuid,
  outcome: Outcome,
  reason: Reason,
  receipt: Type.String({ description: 'the reporter’s own key to the case; shown once' }),
  case: closed({ id: Uuid, number: Type.String(), state: Type.String(), gridCode: Nullable(Type.String()), owner: Nullable(Type.String()) }),
})

/** How a reporter rates the handling (满意度). */
export const RATINGS = ['satisfied', 'basically', 'dissatisfied'] as const

export const intake = {
  report: endpoint({
    id: 'intake.report',
    method: 'POST',
    path: '/api/v1/reports',
    permission: 'public',
    purposes: [],
    demands: 'idempotency-key',
    status: 201,
    summary: 'Report something. Channels other than `web` need a post that may report for them. A resend with the same key gives the first answer.',
    body: ReportBody,
    answer: ReportAnswer,
    errors: [
      'KEY_MISSING',
      'KEY_REUSED',
      'TEXT_NOT_ALLOWED',
      'POSITION_OUTSIDE_CITY',
      'POSITION_SWAPPED',
      'POSITION_SYSTEM_DOUBTFUL',
      'MASK_NOT_ALLOWED',
      'MATTER_UNKNOWN',
      'CONDITION_UNKNOWN',
      'COMPONENT_UNKNOWN',
      'FORM_INVALID',
      'BLOB_UNKNOWN',
      'PERMISSION_MISSING',
    ],
  }),
  track: endpoint({
    id: 'intake.track',
    method: 'GET',
    path: '/api/v1/reports/:receipt',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'What became of a report, by its receipt: steps with dates and the public reply; no personal data.',
    params: closed({ receipt: Type.String({ minLength: 20, maxLength: 60 }) }),
    answer: closed({
      outcome: Outcome,
      reason: Reason,
      number: Type.String(),
      state: Type.String(),
      step: Type.String(),
      matterName: Nullable(Type.String()),
      receivedAt: Instant,
      dueAt: Nullable(Instant),
      steps: Type.Array(closed({ move: Type.String(), step: Nullable(Type.String()), at: Instant, unitName: Nullable(Type.String()) })),
      publicReply: Nullable(Type.String()),
      /** Who put it right and on which day; the public reply says what was done. */
      reply: Nullable(closed({ unitName: Type.String(), actedOn: Type.String() })),
      /** What was told along the way, oldest first. */
      informed: Type.Array(closed({ at: Instant, unitName: Nullable(Type.String()), text: Type.String() })),
      /** The case of the same event that this one waits beside. */
      linkedTo: Nullable(Type.String()),
      /** Until when the reporter may say whether it is fixed; null before closing and after the last day. */
      answerUntil: Nullable(Instant),
      /** False where a `no` no longer sends the case back by itself: then a supervisor reads it. */
      mayReopen: Type.Boolean(),
      answer: Nullable(closed({ fixed: Type.Boolean(), rating: Type.String(), at: Instant })),
    }),
    errors: ['NOT_FOUND'],
  }),
  answer: endpoint({
    id: 'intake.answer',
    method: 'POST',
    path: '/api/v1/reports/:receipt/answer',
    permission: 'public',
    purposes: [],
    demands: 'idempotency-key',
    status: 200,
    summary:
      'Say whether it is fixed and how it was handled. A “no” puts the case back on the handler’s list at once, and nobody who handled it can change the answer.',
    params: closed({ receipt: Type.String({ minLength: 20, maxLength: 60 }) }),
    body: closed({ fixed: Type.Boolean(), rating: Type.Union(RATINGS.map((rating) => Type.Literal(rating))), text: Type.Optional(Said(2_000)) }),
    answer: closed({ number: Type.String(), state: Type.String(), reopened: Type.Boolean() }),
    errors: ['NOT_FOUND', 'CASES_MOVE_NOT_ALLOWED', 'CASES_WINDOW_OVER', 'KEY_MISSING', 'KEY_REUSED', 'TEXT_NOT_ALLOWED'],
  }),
  similar: endpoint({
    id: 'intake.similar',
    method: 'POST',
    path: '/api/v1/similar-reports',
    permission: 'public',
    purposes: [],
    status: 200,
    summary:
      'Before sending: open cases near in place, time and words that may be the same event. Only what a passer-by could see: matter, step, day and distance; no words of anybody.',
    body: closed({
      position: closed({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }), crs: Crs }),
      text: Said(20_000),
      matter: Type.Optional(Type.String({ maxLength: 80 })),
    }),
    answer: closed({
      rows: Type.Array(
        closed({
          number: Type.String(),
          matterName: Nullable(Type.String()),
          step: Type.String(),
          openedOn: Type.String(),
          metres: Type.Integer(),
          reporters: Type.Integer(),
        }),
      ),
    }),
    errors: ['POSITION_OUTSIDE_CITY', 'POSITION_SWAPPED', 'TEXT_NOT_ALLOWED'],
  }),
  askReview: endpoint({
    id: 'intake.askReview',
    method: 'POST',
    path: '/api/v1/reports/:receipt/review',
    permission: 'public',
    purposes: [],
    demands: 'idempotency-key',
    status: 200,
    summary: 'Ask a person to look again at a report that was rejected; the case goes back to a human acceptor.',
    params: closed({ receipt: Type.String({ minLength: 20, maxLength: 60 }) }),
    body: closed({ text: Said(2_000, 1) }),
    answer: closed({ number: Type.String(), state: Type.String() }),
    errors: ['NOT_FOUND', 'CASES_MOVE_NOT_ALLOWED', 'KEY_MISSING', 'KEY_REUSED', 'TEXT_NOT_ALLOWED'],
  }),
  listReports: endpoint({
    id: 'intake.listReports',
    method: 'GET',
    path: '/api/v1/reports',
    permission: 'cases.read',
    purposes: ['handle-case', 'supervise'],
    status: 200,
    summary: 'Reports inside one’s area by outcome and reason, newest first.',
    query: closed({
      outcome: Type.Optional(Outcome),
      reason: Type.Optional(Type.String({ maxLength: 60 })),
      channel: Type.Optional(Type.String({ maxLength: 20 })),
      limit: Type.Optional(Limit),
      cursor: Type.Optional(Cursor),
    }),
    answer: PageOf(
      closed({
        id: Uuid,
        receivedAt: Instant,
        channel: Type.String(),
        title: Type.String(),
        outcome: Outcome,
        reasonCode: Type.String(),
        caseId: Uuid,
        number: Type.String(),
      }),
    ),
    errors: ['CURSOR_INVALID'],
  }),
  upload: endpoint({
    id: 'intake.upload',
    method: 'POST',
    path: '/api/v1/blobs',
    permission: 'public',
    purposes: [],
    upload: { maxBytes: 20 * 1024 * 1024 },
    status: 201,
    summary: 'Upload one photo or PDF as the raw body; its kind is read from its first bytes. Position and time are taken from EXIF, which is then removed.',
    answer: closed({
      id: Uuid,
      mediaType: Type.String(),
      bytes: Count,
      sha256: Type.String(),
      takenAt: Nullable(Instant),
      position: Nullable(closed({ lon: Type.Number(), lat: Type.Number() })),
    }),
    errors: ['BODY_TOO_LARGE', 'TYPE_NOT_ALLOWED', 'DISK_FULL'],
  }),
}
