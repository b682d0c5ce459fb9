import { privacy as contract } from '@linli/contract/endpoints/privacy'
import { writeRead } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import { idempotencyKey, once, rememberAnswer } from '../idempotency.ts'
import { cursorOf, readCursor } from '../http/cursor.ts'
import { limitOf, route, type Route } from '../http/request.ts'
import type { Platform } from '../platform.ts'
import { asPerson, type Actor, type PersonActor } from '../rights/actor.ts'
import type { Eraser } from './eraser.ts'
import { placeHold, releaseHold, type HeldCase } from './holds.ts'
import { scheduleOf } from './retention-rules.ts'
import { listHolds, listProofs } from './retention-store.ts'
import { reviewReveal } from './review-reveal.ts'
import { countOpenReveals, listReveals } from './reveals-store.ts'
import { holdView, proofView, revealView } from './views.ts'

export interface PrivacyRoutePorts {
  findCase(tx: Tx, id: string): Promise<HeldCase | undefined>
}
interface Said {
  readonly actor: Actor
  readonly requestId: string
  readonly purpose: string | undefined
}

/** Reviews of reveals, retention with its proofs, and legal holds over HTTP. */
export function privacyRoutes(platform: Platform, ports: PrivacyRoutePorts, erasers: () => readonly Eraser[]): Route[] {
  const { db, runtime } = platform
  const now = () => new Date(runtime.now())
  const read = (call: Said, endpoint: string, objectKind: string, rows: number) =>
    writeRead(db, runtime, {
      districtId: 0,
      requestId: call.requestId,
      actor: call.actor,
      endpoint,
      purpose: call.purpose ?? '',
      objectKind,
      objectId: 'list',
      rows,
    })
  /** One act that changes something: once per key, its answer remembered with it. */
  const act = <Answer>(call: Said & { key: string }, channel: string, said: unknown, status: number, work: (tx: Tx, actor: PersonActor) => Promise<Answer>) => {
    const actor = asPerson(call.actor)
    const key = idempotencyKey(channel, actor.personId, call.key, said)
    return once(db, key, () =>
      platform.transaction(async (tx) => {
        const answer = await work(tx, actor)
        await rememberAnswer(tx, key, status, answer, now())
        return answer
      }),
    )
  }
  return [
    route(contract.listReveals, async (call) => {
      const { areaPath: scope } = asPerson(call.actor)
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const [rows, waiting] = await Promise.all([
        listReveals(db, { scope, kind: call.query.kind, open: call.query.open === 'true', after, limit: limit + 1 }),
        countOpenReveals(db, scope, now()),
      ])
      await read(call, contract.listReveals.id, 'reveal', Math.min(limit, rows.length))
      const last = rows[limit - 1]
      return {
        rows: rows.slice(0, limit).map((row) => revealView(row, now())),
        next: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
        ...waiting,
      }
    }),
    route(contract.reviewReveal, (call) => {
      const { id } = call.params
      return act(call, 'reveal-review', { id, ...call.body }, 200, async (tx, actor) =>
        revealView(await reviewReveal(platform, tx, { id, actor, requestId: call.requestId, ...call.body }), now()),
      )
    }),
    route(contract.retentionSchedule, async () => ({ rows: scheduleOf(erasers()) })),
    route(contract.listErasures, async (call) => {
      const limit = limitOf(call.query)
      const rows = await listProofs(db, call.query.cursor === undefined ? undefined : readCursor(call.query.cursor), limit + 1)
      const last = rows[limit - 1]
      return { rows: rows.slice(0, limit).map(proofView), next: rows.length > limit && last ? cursorOf(last.startedAt, last.id) : null }
    }),
    route(contract.placeHold, (call) =>
      act(call, 'hold', { id: call.params.id, ...call.body }, 201, async (tx, actor) => {
        const found = await ports.findCase(tx, call.params.id)
        const { reason, endsAt } = call.body
        return holdView(await placeHold(platform, tx, { found, actor, requestId: call.requestId, reason, endsAt: new Date(endsAt) }), now())
      }),
    ),
    route(contract.listHolds, async (call) => {
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await listHolds(db, { scope: asPerson(call.actor).areaPath, active: call.query.active === 'true', now: now(), after, limit: limit + 1 })
      await read(call, contract.listHolds.id, 'hold', Math.min(limit, rows.length))
      const last = rows[limit - 1]
      return { rows: rows.slice(0, limit).map((row) => holdView(row, now())), next: rows.length > limit && last ? cursorOf(last.placedAt, last.id) : null }
    }),
    route(contract.releaseHold, (call) => {
      const { id } = call.params
      return act(call, 'hold-release', { id, ...call.body }, 200, async (tx, actor) =>
        holdView(await releaseHold(platform, tx, { id, actor, requestId: call.requestId, reason: call.body.reason }), now()),
      )
    }),
  ]
}
