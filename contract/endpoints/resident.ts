import { Type } from '@sinclair/typebox'
import { closed, Count, Cursor, endpoint, Instant, Limit, Nullable, Position } from '../endpoint.ts'

/** What of a report was read, as its reporter is told: never the data itself. */
export const DATA_GROUPS = ['report', 'ledger', 'photos', 'contact', 'clock', 'other'] as const

const PublicCaseView = closed({
  number: Type.String(),
  state: Type.String(),
  step: Type.String(),
  closed: Type.Boolean(),
  matterKey: Type.String(),
  matterName: Type.String(),
  /** From the district down to the community; never an address. */
  areaNames: Type.Array(Type.String()),
  /** A point inside the unit grid, the same for all cases of that grid. */
  position: Nullable(Position),
  unitName: Nullable(Type.String()),
  openedOn: Type.String(),
  changedOn: Type.String(),
  dueOn: Nullable(Type.String()),
  /** What was done, once it is closed; telephone numbers, plates and salutations are masked. */
  publicReply: Nullable(Type.String()),
})

export const resident = {
  listReads: endpoint({
    id: 'resident.listReads',
    method: 'GET',
    path: '/api/v1/reports/:receipt/reads',
    permission: 'public',
    purposes: [],
    status: 200,
    summary:
      'Who looked at a report and why, by its receipt, newest first: unit and post, time, purpose and kind of data; never a person. Reads that the law lets stay untold for now are counted, with the day on which they are told.',
    params: closed({ receipt: Type.String({ minLength: 20, maxLength: 60 }) }),
    query: closed({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
    answer: closed({
      rows: Type.Array(
        closed({
          at: Instant,
          /** Null where the program itself read. */
          unitName: Nullable(Type.String()),
          postTitle: Nullable(Type.String()),
          purpose: Type.String(),
          data: Type.Union(DATA_GROUPS.map((group) => Type.Literal(group))),
          /** Shown unmasked without a reason of the case itself, in an emergency: somebody else has to look at it. */
          emergency: Type.Boolean(),
        }),
      ),
      next: Nullable(Type.String()),
      withheld: closed({ count: Count, until: Nullable(Instant) }),
    }),
    errors: ['NOT_FOUND', 'CURSOR_INVALID'],
  }),
  listPublicCases: endpoint({
    id: 'resident.listPublicCases',
    method: 'GET',
    path: '/api/v1/public-cases',
    permission: 'public',
    purposes: [],
    status: 200,
    summary:
      'Filed cases of public matters as anybody may read them, newest first: step, matter, place down to the community with a point of its grid, days, and the public reply once closed. No words of reporters, no person.',
    query: closed({
      closed: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
      area: Type.Optional(Type.String({ maxLength: 40, description: 'code of an area; cases at or below it' })),
      number: Type.Optional(Type.String({ maxLength: 40, description: 'one case by its number' })),
      limit: Type.Optional(Limit),
      cursor: Type.Optional(Cursor),
    }),
    answer: closed({ rows: Type.Array(PublicCaseView), next: Nullable(Type.String()) }),
    errors: ['CURSOR_INVALID', 'NOT_FOUND'],
  }),
}
