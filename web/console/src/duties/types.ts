import type { AnswerOf } from '@linli/contract/endpoint'
import type { patrol } from '@linli/contract/endpoints/patrol'

export type DutyRow = AnswerOf<typeof patrol.listDuties>['rows'][number]
export type DutyItem = AnswerOf<typeof patrol.listItems>['rows'][number]
export type CoverageRow = AnswerOf<typeof patrol.coverage>['total']
