import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { Context } from '../context.ts'
import { newRecoveryCodes, plainCode } from '../factor/recovery.ts'
import { replaceRecoveryCodes } from '../factor/store.ts'
import { withCode } from '../factor/with-code.ts'
import { tokenHash } from '../key.ts'

/** Puts ten new recovery codes (恢复码) in place of the old ones. */
export async function renewRecoveryCodes(context: Context, actor: PersonActor, input: { code: string; requestId: string }): Promise<string[]> {
  const codes = newRecoveryCodes((bytes) => context.platform.runtime.random(bytes))
  await withCode(context, actor, { ...input, action: 'identity.renewRecoveryCodes' }, (tx) =>
    replaceRecoveryCodes(tx, actor.personId, codes.map(plainCode).map(tokenHash)),
  )
  return codes
}
