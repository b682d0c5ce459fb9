import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { open311 as contract } from '@linli/contract/endpoints/open311'
import { writeAudit } from '../../../../platform/audit/audit.ts'
import { idempotencyKey, once, rememberAnswer } from '../../../../platform/idempotency.ts'
import type { Platform } from '../../../../platform/platform.ts'
import type { PersonActor } from '../../../../platform/rights/actor.ts'
import { newId } from '../../../../platform/runtime.ts'
import { keyHash } from '../keys.ts'
import { insertKey } from '../store.ts'
import { keyView } from '../key-view.ts'

const REPORTS_PER_MINUTE = 60
type Answer = AnswerOf<typeof contract.addKey>

/** Makes a key for a program and gives it out once: a resend gets the same row with null in the key's place, because only its hash is kept. */
export function addKey(
  platform: Platform,
  command: { readonly body: BodyOf<typeof contract.addKey>; readonly actor: PersonActor; readonly key: string; readonly requestId: string },
): Promise<Answer> {
  const { runtime } = platform
  const { body, actor } = command
  const resend = idempotencyKey('open311-key', actor.personId, command.key, body)
  return once(platform.db, resend, async () => {
    const secret = Buffer.from(runtime.random(32)).toString('base64url')
    const at = new Date(runtime.now())
    const row = {
      id: newId(runtime, 0),
      name: body.name,
      contact: body.contact,
      perMinute: body.perMinute ?? REPORTS_PER_MINUTE,
      createdAt: at,
      revokedAt: null,
    }
    await platform.transaction(async (tx) => {
      await insertKey(tx, keyHash(secret), row)
      await rememberAnswer(tx, resend, 201, { ...keyView(row), key: null }, at)
      await writeAudit(tx, runtime, {
        districtId: 0,
        requestId: command.requestId,
        actor,
        action: 'open311.addKey',
        objectKind: 'open311-key',
        objectId: row.id,
        outcome: 'done',
      })
    })
    return { ...keyView(row), key: secret }
  })
}
