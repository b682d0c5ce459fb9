import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { errors, Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { idempotencyKey } from '../../../platform/idempotency.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { Patrol } from '../patrol.ts'
import { insertRefused } from '../store.ts'
import { correctEntry } from './correct-entry.ts'
import { settleDuty, type SettledAnswer } from './settle-duty.ts'

type Act = BodyOf<typeof contract.sync>['acts'][number]
type Answer = AnswerOf<typeof contract.sync>
interface Sender {
  readonly actor: PersonActor
  readonly requestId: string
}

/** Takes what a telephone did without a network (离线同步), act by act and in order; each stands or falls alone, and what is refused is kept with its reason. */
export async function syncActs(patrol: Patrol, acts: readonly Act[], sender: Sender): Promise<Answer> {
  const rows: Answer['rows'] = []
  for (const act of acts) {
    try {
      const { entry, state } = await carryOut(patrol, act, sender)
      rows.push({ key: act.key, taken: true, state, entryId: entry.id, caseNumber: entry.caseNumber, code: null, zh: null, en: null })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await keepRefusal(patrol, act, error, sender)
      const words = errors[error.code]
      rows.push({ key: act.key, taken: false, state: null, entryId: null, caseNumber: null, code: error.code, zh: words.zh, en: words.en })
    }
  }
  const taken = rows.filter((row) => row.taken).length
  return { rows, taken, refused: rows.length - taken }
}

function carryOut(patrol: Patrol, act: Act, { actor, requestId }: Sender): Promise<SettledAnswer> {
  const given = [act.do, act.excuse, act.correct].filter((part) => part !== undefined).length
  if (given !== 1) throw new Refusal('INPUT_INVALID', [{ pointer: '/body/acts', code: 'oneOf', detail: act.key }])
  // The same keys as the single endpoints, so that an act that went through there is not done twice.
  if (act.do)
    return settleDuty(patrol, { act: { kind: 'do', body: act.do }, actor, requestId, key: idempotencyKey('patrol.do', actor.personId, act.key, act.do) })
  if (act.excuse)
    return settleDuty(patrol, {
      act: { kind: 'excuse', body: act.excuse },
      actor,
      requestId,
      key: idempotencyKey('patrol.excuse', actor.personId, act.key, act.excuse),
    })
  const { entryId = '', reason = '' } = act.correct ?? {}
  return correctEntry(patrol, {
    id: entryId,
    reason,
    actor,
    requestId,
    key: idempotencyKey('patrol.correct', actor.personId, act.key, { id: entryId, reason }),
  })
}

async function keepRefusal(patrol: Patrol, act: Act, refusal: Refusal, { actor, requestId }: Sender): Promise<void> {
  const { platform, ports } = patrol
  const grid = ports.findArea(act.do?.gridCode ?? act.excuse?.gridCode ?? '')
  const districtId = grid ? ports.districtIdOf(grid.path) : 0
  await platform.transaction(async (tx) => {
    await insertRefused(tx, {
      districtId,
      id: newId(platform.runtime, districtId),
      personId: actor.personId,
      actKey: act.key,
      code: refusal.code,
      at: new Date(platform.runtime.now()),
    })
    await writeAudit(tx, platform.runtime, {
      districtId,
      requestId,
      actor,
      action: 'patrol.sync',
      objectKind: 'duty-act',
      objectId: act.key.slice(0, 80),
      outcome: 'refused',
      errorCode: refusal.code,
    })
  })
}
