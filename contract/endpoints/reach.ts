import { Type } from '@sinclair/typebox'
import { closed, Count, Cursor, endpoint, Instant, Limit, Nullable, PageOf, Uuid } from '../endpoint.ts'

export const dispatch = {
  listRules: endpoint({
    id: 'dispatch.listRules',
    method: 'GET',
    path: '/api/v1/dispatch-rules',
    permission: 'dispatch.read',
    purposes: [],
    status: 200,
    summary: 'The owner rules: matter × area → unit, since when, and whether an arbitration set it.',
    answer: closed({
      rows: Type.Array(
        closed({
          id: Type.String(),
          matterPattern: Type.String(),
          areaCode: Type.String(),
          owner: Type.String(),
          ownerName: Type.String(),
          coOwners: Type.Array(Type.String()),
          validFrom: Type.String(),
          note: Type.String(),
          source: Type.String({ description: '`ruling` where an arbitration set it' }),
          caseNumber: Nullable(Type.String()),
        }),
      ),
    }),
    errors: [],
  }),
  advise: endpoint({
    id: 'dispatch.advise',
    method: 'GET',
    path: '/api/v1/dispatch-advice',
    permission: 'dispatch.read',
    purposes: [],
    status: 200,
    summary: 'Who should own a matter at a place, which rule line says so, and which lines would have come next.',
    query: closed({ matter: Type.String({ maxLength: 80 }), area: Type.String({ maxLength: 40 }) }),
    answer: closed({
      owner: Nullable(
        closed({
          unit: Type.String(),
          unitName: Type.String(),
          rule: Type.String(),
          coOwners: Type.Array(Type.String()),
          zh: Type.String(),
          en: Type.String(),
        }),
      ),
      alternatives: Type.Array(closed({ unit: Type.String(), unitName: Type.String(), rule: Type.String() })),
    }),
    errors: ['MATTER_UNKNOWN', 'NOT_FOUND'],
  }),
}

export const INDICATORS = ['filed', 'dispatched', 'handled', 'handledOnTime', 'closed', 'closedOnTime', 'sentBack', 'answered', 'fixed', 'satisfied'] as const
/** A rate with what it is made of; `value` is null when the denominator is zero. */
const Rate = closed({ indicator: Type.String(), numerator: Count, denominator: Count, value: Nullable(Type.Number()) })
export const insight = {
  indicators: endpoint({
    id: 'insight.indicators',
    method: 'GET',
    path: '/api/v1/indicators',
    permission: 'insight.read',
    purposes: [],
    status: 200,
    summary:
      'Filed, dispatched, handled, on-time and closed rates for reports received in a period, for the city and for each area or unit, with definitions and denominators.',
    query: closed({
      by: Type.Union([Type.Literal('area'), Type.Literal('unit')]),
      parent: Type.Optional(Type.String({ maxLength: 40 })),
      track: Type.Optional(Type.Union([Type.Literal('simple'), Type.Literal('hard')])),
      from: Instant,
      to: Instant,
    }),
    answer: closed({
      asOf: Instant,
      from: Instant,
      to: Instant,
      definitions: Type.Array(closed({ indicator: Type.String(), zh: Type.String(), en: Type.String(), formulaZh: Type.String(), formulaEn: Type.String() })),
      total: Type.Array(Rate),
      rows: Type.Array(closed({ code: Type.String(), name: Type.String(), rates: Type.Array(Rate) })),
      open: Count,
      overdue: Count,
      /** Timeouts that stand outside the on-time rates: under appeal, and excused by one. */
      appealed: closed({ pending: Count, granted: Count }),
      tracks: closed({ simple: Count, hard: Count, overridden: Count, none: Count }),
      /** Closed cases whose reporter has not said whether it is fixed: nobody chose who is asked. */
      unanswered: Count,
    }),
    errors: ['NOT_FOUND'],
  }),
}

export const platform = {
  city: endpoint({
    id: 'platform.city',
    method: 'GET',
    path: '/api/v1/city',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'The city’s name, brand, words, time zone, map frame and workflows; everything a screen needs before anybody signs in.',
    answer: closed({
      code: Type.String(),
      name: Type.String(),
      nameEn: Type.String(),
      demo: Type.Boolean(),
      timeZone: Type.String(),
      brand: closed({ color: Type.String(), sloganZh: Type.String(), sloganEn: Type.String() }),
      bbox: Type.Array(Type.Number()),
      words: Type.Record(Type.String(), closed({ zh: Type.String(), en: Type.String() })),
      workflows: Type.Array(Type.Object({}, { additionalProperties: true })),
      edition: Type.Integer(),
      version: Type.String(),
      /** What may happen beside the steps: numbers of times and of days. */
      loop: closed({ answerDays: Count, notFixedTimes: Count, appealDays: Count, extensions: Count, pauseDays: Count, suspensionDays: Count }),
      /** Why a case takes the simple or the hard track. */
      trackRules: Type.Array(closed({ id: Type.String(), then: Type.String(), zh: Type.String(), en: Type.String() })),
      counts: closed({ districts: Count, streets: Count, communities: Count, basic: Count, single: Count, dedicated: Count }),
    }),
    errors: ['NOT_READY'],
  }),
  stream: endpoint({
    id: 'platform.stream',
    method: 'GET',
    path: '/api/v1/stream',
    permission: 'cases.read',
    purposes: [],
    status: 200,
    contentType: 'text/event-stream',
    summary: 'Server-sent events of the cases inside one’s scope: `case.moved`, `resync`. Resumes by Last-Event-ID.',
    answer: Type.String(),
    errors: ['SESSION_MISSING'],
  }),
  status: endpoint({
    id: 'platform.status',
    method: 'GET',
    path: '/api/v1/status',
    permission: 'platform.operate',
    purposes: [],
    status: 200,
    summary: 'What waits where: events, anchors, seals, deadlines, streams; version, start and applied migrations.',
    answer: closed({
      version: Type.String(),
      startedAt: Instant,
      undelivered: Count,
      unanchored: Count,
      unsealed: Count,
      runningDeadlines: Count,
      deadlinesPassed: Count,
      streams: Count,
      migrations: Type.Array(Type.String()),
    }),
    errors: [],
  }),
  listAudit: endpoint({
    id: 'platform.listAudit',
    method: 'GET',
    path: '/api/v1/audit',
    permission: 'audit.read',
    purposes: ['security-audit'],
    status: 200,
    summary: 'Audit lines, newest first; each says who tried what with which outcome.',
    query: closed({
      outcome: Type.Optional(Type.String({ maxLength: 20 })),
      objectId: Type.Optional(Type.String({ maxLength: 80 })),
      limit: Type.Optional(Limit),
      cursor: Type.Optional(Cursor),
    }),
    answer: PageOf(
      closed({
        id: Uuid,
        at: Instant,
        action: Type.String(),
        outcome: Type.String(),
        errorCode: Nullable(Type.String()),
        personId: Nullable(Uuid),
        postId: Nullable(Uuid),
        objectKind: Nullable(Type.String()),
        objectId: Nullable(Type.String()),
        requestId: Type.String(),
      }),
    ),
    errors: ['CURSOR_INVALID'],
  }),
  listReads: endpoint({
    id: 'platform.listReads',
    method: 'GET',
    path: '/api/v1/reads',
    permission: 'audit.read',
    purposes: ['security-audit'],
    status: 200,
    summary: 'Reads of personal data, newest first: who, at which post, for which purpose, of which object.',
    query: closed({ objectId: Type.Optional(Type.String({ maxLength: 80 })), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
    answer: PageOf(
      closed({
        id: Uuid,
        at: Instant,
        endpoint: Type.String(),
        purpose: Type.String(),
        personId: Nullable(Uuid),
        postId: Nullable(Uuid),
        objectKind: Type.String(),
        objectId: Type.String(),
        rows: Count,
      }),
    ),
    errors: ['CURSOR_INVALID'],
  }),
}
