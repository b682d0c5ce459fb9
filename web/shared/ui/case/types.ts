import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'

export type CaseRow = AnswerOf<typeof cases.list>['rows'][number]
export type CaseDetail = AnswerOf<typeof cases.get>
export type Ability = CaseDetail['abilities'][number]
export type Attachment = CaseDetail['said']['photos'][number]
export type Entry = AnswerOf<typeof cases.listEntries>['rows'][number]
export type Deadline = CaseDetail['deadlines'][number]
export type Strand = CaseDetail['strands'][number]
export type SimilarRow = AnswerOf<typeof cases.listSimilar>['rows'][number]
