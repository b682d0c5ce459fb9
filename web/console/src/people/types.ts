import type { AnswerOf } from '@linli/contract/endpoint'
import type { identity } from '@linli/contract/endpoints/identity'

export type Person = AnswerOf<typeof identity.getPerson>
export type Holding = Person['holdings'][number]
export type PostRow = AnswerOf<typeof identity.listPosts>['rows'][number]
export type UnitRow = AnswerOf<typeof identity.listUnits>['rows'][number]
