import type { AnswerOf } from '@linli/contract/endpoint'
import type { operations } from '@linli/contract/endpoints/operations'

export type OperationsState = AnswerOf<typeof operations.get>
