import { Refusal } from '@linli/contract/errors'
import { nowOf, type Context } from '../context.ts'
import { verifyPassword } from '../password.ts'
import type { PersonRow } from '../store.ts'
import { countWrong, refuseLocked } from './failures.ts'

/** Asks somebody who is signed in for the password again; a wrong one counts like a failed sign-in. PASSWORD_WRONG, ACCOUNT_LOCKED. */
export async function requirePassword(context: Context, person: PersonRow, password: string): Promise<void> {
  refuseLocked(person, nowOf(context))
  if (person.password_hash !== null && (await verifyPassword(password, person.password_hash))) return
  await countWrong(context, context.platform.db, person.id)
  throw new Refusal('PASSWORD_WRONG')
}
