import type { AnswerOf } from '@linli/contract/endpoint'
import type { open311 as contract } from '@linli/contract/endpoints/open311'
import type { KeyRow } from './store.ts'

/** A key as an administrator sees it: whose it is and since when, never the key. */
export const keyView = (row: KeyRow): AnswerOf<typeof contract.revokeKey> => ({
  id: row.id,
  name: row.name,
  contact: row.contact,
  perMinute: row.perMinute,
  createdAt: row.createdAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
})
