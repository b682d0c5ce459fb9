import type { BodyOf } from '@linli/contract/endpoint'
import type { desk as contract } from '@linli/contract/endpoints/desk'

export type FilterBody = BodyOf<typeof contract.addFilter>
export type SavedFilterValue = FilterBody['filter']
