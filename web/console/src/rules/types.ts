import type { AnswerOf } from '@linli/contract/endpoint'
import type { catalog } from '@linli/contract/endpoints/catalog'

export type Preview = AnswerOf<typeof catalog.migrationPreview>
export type PreviewRow = Preview['rows'][number]
export type Calendar = AnswerOf<typeof catalog.getCalendar>
export type CalendarEdit = AnswerOf<typeof catalog.editCalendar>
export type FieldChange = AnswerOf<typeof catalog.diffEditions>['changed'][number]['fields'][number]
