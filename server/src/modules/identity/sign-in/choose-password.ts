import { Refusal } from '@linli/contract/errors'
import type { Tx } from '../../../platform/db/database.ts'
import { nowOf, type Context } from '../context.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { PASSWORD_HISTORY, passwordProblems } from '../password-rules.ts'
import type { PersonRow } from '../store.ts'
import { deleteChallengesOf, listPasswordHashes, setPassword } from './store.ts'

/** Refuses a new password that breaks a rule or was among the last five of the person: PASSWORD_WEAK with a field problem for each; answers its hash. */
export async function hashNewPassword(context: Context, person: Pick<PersonRow, 'id' | 'login' | 'name'>, password: string, pointer: string): Promise<string> {
  const problems: string[] = passwordProblems(password, person)
  for (const stored of await listPasswordHashes(context.platform.db, person.id)) {
    if (await verifyPassword(password, stored)) {
      problems.push('used-before')
      break
    }
  }
  if (problems.length > 0)
    throw new Refusal(
      'PASSWORD_WEAK',
      problems.map((code) => ({ pointer, code })),
    )
  return hashPassword(password)
}

/** Sets a password inside a transaction; challenges that stood on the old one end. */
export async function setNewPassword(context: Context, tx: Tx, personId: string, hash: string): Promise<void> {
  await setPassword(tx, personId, hash, nowOf(context), PASSWORD_HISTORY)
  await deleteChallengesOf(tx, personId)
}
