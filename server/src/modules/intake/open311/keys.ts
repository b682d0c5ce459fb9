import { Refusal } from '@linli/contract/errors'
import { digest } from '../../../platform/audit/hash.ts'
import type { Db } from '../../../platform/db/database.ts'
import { findKey, type KeyRow } from './store.ts'

/** Keys have 256 random bits, so that one digest keeps them as well as a slow hash would. */
export const keyHash = (key: string): string => digest('sha256', key)

/** The live key that a program sent; OPEN311_KEY_MISSING or OPEN311_KEY_INVALID (wrong and revoked answer alike). */
export async function getKey(db: Db, said: string | undefined): Promise<KeyRow> {
  if (said === undefined) throw new Refusal('OPEN311_KEY_MISSING')
  const key = await findKey(db, keyHash(said))
  if (!key) throw new Refusal('OPEN311_KEY_INVALID')
  return key
}
