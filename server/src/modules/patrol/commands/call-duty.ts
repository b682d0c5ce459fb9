import type { BodyOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { DAY_MS } from '@linli/lib/time/day'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { Patrol } from '../patrol.ts'
import { insertCall, type CallRow } from '../store.ts'
import { callView } from '../views.ts'

/** Calls an item that is done after an event in every basic grid of an area (事件触发巡查). Throws NOT_FOUND, DUTY_UNKNOWN, DUTY_TIME_INVALID. */
export function callDuty(
  patrol: Patrol,
  body: BodyOf<typeof contract.callDuty>,
  { actor, key, requestId }: { actor: PersonActor; key: IdempotencyKey; requestId: string },
): Promise<ReturnType<typeof callView>> {
  const { platform, ports, register } = patrol
  return once(platform.db, key, async () => {
    const area = ports.findArea(body.areaCode)
    if (!area || !within(actor.areaPath, area.path)) throw new Refusal('NOT_FOUND', [{ pointer: '/body/areaCode', code: 'enum', detail: body.areaCode }])
    const item = register.current?.items.find((each) => each.key === body.itemKey && each.frequency === 'afterEvent')
    if (!register.current || !item) throw new Refusal('DUTY_UNKNOWN', [{ pointer: '/body/itemKey', code: 'enum', detail: body.itemKey }])
    const at = new Date(platform.runtime.now())
    const dueAt = new Date(body.dueAt)
    if (dueAt <= at) throw new Refusal('DUTY_TIME_INVALID', [{ pointer: '/body/dueAt', code: 'DUTY_TIME_INVALID' }])
    const districtId = ports.districtIdOf(area.path)
    const row: CallRow = {
      districtId,
      id: newId(platform.runtime, districtId),
      itemKey: item.key,
      itemEdition: register.current.edition,
      areaCode: area.code,
      areaPath: area.path,
      calledAt: at,
      dueAt,
      closesAt: new Date(dueAt.getTime() + item.graceDays * DAY_MS),
      reason: body.reason,
    }
    return platform.transaction(async (tx) => {
      await insertCall(tx, { ...row, personId: actor.personId })
      const answer = callView(ports, row)
      await rememberAnswer(tx, key, 201, answer, at)
      await writeAudit(tx, platform.runtime, {
        districtId,
        requestId,
        actor,
        action: 'patrol.call',
        objectKind: 'duty-call',
        objectId: row.id,
        outcome: 'done',
      })
      return answer
    })
  })
}
