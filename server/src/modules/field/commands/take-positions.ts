import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { field as contract } from '@linli/contract/endpoints/field'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { Field } from '../field.ts'
import { isInside, rounded } from '../rules.ts'
import { findShift, insertPositions, type PositionRow } from '../store.ts'

interface Asking {
  readonly id: string
  readonly actor: PersonActor
  readonly requestId: string
}

/** Keeps where somebody on duty was (当班位置): inside the shift and the city only, rounded, one for each instant; NOT_FOUND for anybody else's shift. */
export async function takePositions(
  { platform, ports }: Field,
  positions: BodyOf<typeof contract.takePositions>['positions'],
  { id, actor, requestId }: Asking,
): Promise<AnswerOf<typeof contract.takePositions>> {
  const now = platform.runtime.now()
  const shift = await findShift(platform.db, id, actor.personId)
  if (!shift) throw new Refusal('NOT_FOUND')
  const span = { startedAt: shift.startedAt.getTime(), endsAt: shift.endsAt.getTime(), endedAt: shift.endedAt?.getTime() ?? null }
  const rows = positions.flatMap((position): PositionRow[] => {
    const at = Date.parse(position.at)
    const placed = isInside(span, at, now) ? ports.locate(position) : undefined
    return placed ? [{ at: new Date(at), lon: rounded(placed.lon), lat: rounded(placed.lat), gridCode: placed.gridCode }] : []
  })
  if (rows.length > 0)
    await platform.transaction(async (tx) => {
      await insertPositions(tx, shift, rows)
      await writeAudit(tx, platform.runtime, {
        districtId: shift.districtId,
        requestId,
        actor,
        action: 'field.takePositions',
        objectKind: 'shift',
        objectId: id,
        outcome: 'done',
      })
    })
  return { taken: rows.length, left: positions.length - rows.length }
}
