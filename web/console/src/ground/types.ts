import type { AnswerOf } from '@linli/contract/endpoint'
import type { places } from '@linli/contract/endpoints/places'

export type AreaRow = AnswerOf<typeof places.listAreas>['rows'][number]
export type AreaDetail = AnswerOf<typeof places.getArea>
export type Report = AnswerOf<typeof places.previewBoundaries>
