import type { AnswerOf } from '@linli/contract/endpoint'
import type { privacy } from '@linli/contract/endpoints/privacy'

export type ExportView = AnswerOf<typeof privacy.listOwnExports>['rows'][number]
export type Datasets = AnswerOf<typeof privacy.listDatasets>
export type Dataset = Datasets['rows'][number]
export type RevealRow = AnswerOf<typeof privacy.listReveals>['rows'][number]
export type HoldView = AnswerOf<typeof privacy.listHolds>['rows'][number]
