import { field as contract } from '@linli/contract/endpoints/field'
import { writeRead } from '../../platform/audit/audit.ts'
import { route, type Route } from '../../platform/http/request.ts'
import { idempotencyKey } from '../../platform/idempotency.ts'
import { asPerson } from '../../platform/rights/actor.ts'
import { bundleOf } from './bundle.ts'
import { goOnDuty } from './commands/begin-shift.ts'
import { goOffDuty } from './commands/end-shift.ts'
import { takePositions } from './commands/take-positions.ts'
import type { Field } from './field.ts'
import { rosterOf } from './roster.ts'

/** Routes of the module, in the order of the contract. */
export function fieldRoutes(field: Field): Route[] {
  const { platform } = field
  return [
    route(contract.beginShift, async (call) => {
      const actor = asPerson(call.actor)
      return goOnDuty(field, { actor, requestId: call.requestId, ...call.body, key: idempotencyKey('field.begin', actor.personId, call.key, call.body) })
    }),
    route(contract.endShift, async (call) => {
      const actor = asPerson(call.actor)
      const body = { id: call.params.id, ...call.body }
      return goOffDuty(field, { actor, requestId: call.requestId, ...body, key: idempotencyKey('field.end', actor.personId, call.key, body) })
    }),
    route(contract.takePositions, async (call) =>
      takePositions(field, call.body.positions, { id: call.params.id, actor: asPerson(call.actor), requestId: call.requestId }),
    ),
    route(contract.bundle, async (call) => {
      const actor = asPerson(call.actor)
      const answer = await bundleOf(field, actor, call.query)
      if (answer.bundle && answer.bundle.tasks.length > 0)
        await writeRead(platform.db, platform.runtime, {
          districtId: 0,
          requestId: call.requestId,
          actor,
          endpoint: contract.bundle.id,
          purpose: call.purpose ?? 'handle-case',
          objectKind: 'case',
          objectId: 'bundle',
          rows: answer.bundle.tasks.length,
        })
      return answer
    }),
    route(contract.roster, async (call) => rosterOf(field, asPerson(call.actor), call.query.area)),
  ]
}
