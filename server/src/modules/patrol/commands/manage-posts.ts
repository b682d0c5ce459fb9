import type { BodyOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import { endAssignment, findAssignment, findPost, openAssignment } from '../assignments/store.ts'
import type { Patrol } from '../patrol.ts'
import { lastPath } from '../queries.ts'
import { assignmentView } from '../views.ts'

interface Asking {
  readonly actor: PersonActor
  readonly key: IdempotencyKey
  readonly requestId: string
}
type View = ReturnType<typeof assignmentView>

/** Puts a post to a grid (网格员上岗); NOT_FOUND for a grid outside the caller's area, POST_UNKNOWN, ASSIGNMENT_THERE. */
export function assignPost(patrol: Patrol, body: BodyOf<typeof contract.assign>, { actor, key, requestId }: Asking): Promise<View> {
  const { platform, ports } = patrol
  return once(platform.db, key, async () => {
    const grid = ports.findArea(body.gridCode)
    if (!grid || !within(actor.areaPath, grid.path)) throw new Refusal('NOT_FOUND', [{ pointer: '/body/gridCode', code: 'enum', detail: body.gridCode }])
    const post = await findPost(platform.db, body.postCode)
    if (!post) throw new Refusal('POST_UNKNOWN', [{ pointer: '/body/postCode', code: 'enum', detail: body.postCode }])
    const districtId = ports.districtIdOf(grid.path)
    const at = new Date(platform.runtime.now())
    const id = newId(platform.runtime, districtId)
    return platform.transaction(async (tx) => {
      const took = await openAssignment(tx, {
        districtId,
        id,
        gridCode: grid.code,
        postId: post.id,
        part: body.part,
        fromAt: at,
        toAt: null,
        openedByChange: null,
      })
      if (!took) throw new Refusal('ASSIGNMENT_THERE', [{ pointer: '/body/postCode', code: 'ASSIGNMENT_THERE', detail: body.postCode }])
      const row = await findAssignment(tx, id)
      if (!row) throw new Error('ASSIGNMENT_LOST')
      const answer = assignmentView(ports, row)
      await rememberAnswer(tx, key, 201, answer, at)
      await writeAudit(tx, platform.runtime, { districtId, requestId, actor, action: 'patrol.assign', objectKind: 'assignment', objectId: id, outcome: 'done' })
      return answer
    })
  })
}

/** Takes a post off a grid (网格员离岗); one that has ended already stays as it ended. */
export function endPost(patrol: Patrol, { id, reason, actor, key, requestId }: Asking & { readonly id: string; readonly reason: string }): Promise<View> {
  const { platform, ports } = patrol
  return once(platform.db, key, async () => {
    const before = await findAssignment(platform.db, id)
    const path = before && (ports.findArea(before.gridCode)?.path ?? (await lastPath(platform.db, before.gridCode)))
    if (!before || path === undefined || !within(actor.areaPath, path)) throw new Refusal('NOT_FOUND')
    const at = new Date(platform.runtime.now())
    return platform.transaction(async (tx) => {
      await endAssignment(tx, id, at, reason, null)
      const row = await findAssignment(tx, id)
      if (!row) throw new Error('ASSIGNMENT_LOST')
      const answer = assignmentView(ports, row)
      await rememberAnswer(tx, key, 201, answer, at)
      await writeAudit(tx, platform.runtime, {
        districtId: row.districtId,
        requestId,
        actor,
        action: 'patrol.endAssignment',
        objectKind: 'assignment',
        objectId: id,
        outcome: 'done',
      })
      return answer
    })
  })
}
