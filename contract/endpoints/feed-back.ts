import { Type } from '@sinclair/typebox'
import { closed, Count, endpoint, Instant, Nullable } from '../endpoint.ts'

export const FEED_BACK_SETS = ['cases', 'matters', 'duties', 'components'] as const
const SetName = Type.Union(FEED_BACK_SETS.map((name) => Type.Literal(name)))
const Period = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'a month of the city’s time zone' })
const Field = closed({
  field: Type.String(),
  type: Type.Union([Type.Literal('text'), Type.Literal('number'), Type.Literal('share')]),
  zh: Type.String(),
  en: Type.String(),
})

/** Data fed back (数据反哺) to the street or community whose people collected it; counts and codes only, nobody’s data. */
export const feedBack = {
  register: endpoint({
    id: 'feedBack.register',
    method: 'GET',
    path: '/api/v1/feed-back',
    permission: 'insight.read',
    purposes: [],
    status: 200,
    summary: 'The register of data sets: what each holds, its fields, and until when its figures stand.',
    answer: closed({
      asOf: Instant,
      rows: Type.Array(
        closed({
          set: SetName,
          zh: Type.String(),
          en: Type.String(),
          fields: Type.Array(Field),
          refreshedAt: Nullable(Instant),
          source: Type.String(),
        }),
      ),
    }),
    errors: [],
  }),
  getSet: endpoint({
    id: 'feedBack.getSet',
    method: 'GET',
    path: '/api/v1/feed-back/:set',
    permission: 'insight.read',
    purposes: [],
    status: 200,
    summary: 'One data set of a street, community or other area in the caller’s scope for a month, with the instant at which it was counted.',
    params: closed({ set: SetName }),
    query: closed({ area: Type.String({ maxLength: 40 }), period: Period }),
    answer: closed({
      set: SetName,
      areaCode: Type.String(),
      areaName: Type.String(),
      period: Type.String(),
      asOf: Instant,
      fields: Type.Array(Field),
      count: Count,
      rows: Type.Array(Type.Array(Nullable(Type.Union([Type.String(), Type.Number()])))),
    }),
    errors: ['NOT_FOUND'],
  }),
  exportSet: endpoint({
    id: 'feedBack.exportSet',
    method: 'GET',
    path: '/api/v1/feed-back/:set/table',
    permission: 'insight.read',
    purposes: [],
    status: 200,
    contentType: 'text/csv',
    summary: 'The same data set as CSV (UTF-8 with BOM), its first line naming set, area, period and instant.',
    params: closed({ set: SetName }),
    query: closed({ area: Type.String({ maxLength: 40 }), period: Period }),
    answer: Type.String(),
    errors: ['NOT_FOUND'],
  }),
}
