import type { AnswerOf } from '@linli/contract/endpoint'
import type { open311 as contract } from '@linli/contract/endpoints/open311'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../../platform/audit/audit.ts'
import type { Platform } from '../../../../platform/platform.ts'
import type { Actor } from '../../../../platform/rights/actor.ts'
import { keyView } from '../key-view.ts'
import { revokeKey as revoke } from '../store.ts'

/** Revokes a key from now on: a report that is being written with it ends first, the next one is refused. NOT_FOUND where there is none. */
export function revokeKey(
  platform: Platform,
  command: { readonly id: string; readonly actor: Actor; readonly requestId: string },
): Promise<AnswerOf<typeof contract.revokeKey>> {
  const { runtime } = platform
  return platform.transaction(async (tx) => {
    const row = await revoke(tx, command.id, new Date(runtime.now()))
    if (!row) throw new Refusal('NOT_FOUND')
    await writeAudit(tx, runtime, {
      districtId: 0,
      requestId: command.requestId,
      actor: command.actor,
      action: 'open311.revokeKey',
      objectKind: 'open311-key',
      objectId: row.id,
      outcome: 'done',
    })
    return keyView(row)
  })
}
