import type { Tx } from '../../../platform/db/database.ts'
import type { Context } from '../context.ts'
import { tokenHash } from '../key.ts'
import { plainCode } from './recovery.ts'
import { lockFactor, setStep, useRecoveryCode } from './store.ts'
import { stepOf } from './totp.ts'

/** Uses up a code of a person's second factor; false for one that is wrong, too old or used. `pending` takes a factor that waits for its first code. */
export async function usesCode(
  context: Context,
  tx: Tx,
  personId: string,
  typed: string,
  { recovery = false, pending = false }: { readonly recovery?: boolean; readonly pending?: boolean } = {},
): Promise<boolean> {
  const { runtime, log } = context.platform
  const factor = await lockFactor(tx, personId)
  if (!factor || (factor.confirmed_at === null) !== pending) return false
  const code = plainCode(typed)
  if (!/^\d{6}$/.test(code)) return recovery && (await useRecoveryCode(tx, personId, tokenHash(code), new Date(runtime.now())))
  const secret = context.key.open(factor.sealed_secret, personId)
  if (secret === undefined) {
    log.error({ personId }, 'a second factor cannot be opened: keys/identity-key of the data folder is not the one it was sealed with')
    return false
  }
  const step = stepOf(secret, code, runtime.now())
  if (step === undefined || step <= factor.last_step) return false
  await setStep(tx, personId, step)
  return true
}
