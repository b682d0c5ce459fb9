import { patrol as contract } from '@linli/contract/endpoints/patrol'
import { errors, Refusal, type ErrorCode } from '@linli/contract/errors'
import { dayNumber, dayText } from '@linli/lib/time/day'
import { dayStart } from '@linli/lib/time/zone'
import { writeRead } from '../../platform/audit/audit.ts'
import { findCaseBlob } from '../../platform/blobs/blobs.ts'
import { cursorOf, readCursor } from '../../platform/http/cursor.ts'
import { limitOf, route, type Call, type Route } from '../../platform/http/request.ts'
import { idempotencyKey } from '../../platform/idempotency.ts'
import { within, type Actor, type PersonActor } from '../../platform/rights/actor.ts'
import { listAssignments } from './assignments/store.ts'
import { callDuty } from './commands/call-duty.ts'
import { correctEntry } from './commands/correct-entry.ts'
import { assignPost, endPost } from './commands/manage-posts.ts'
import { publishItems } from './commands/publish-items.ts'
import { settleDuty } from './commands/settle-duty.ts'
import { syncActs } from './commands/sync-acts.ts'
import { coverageRows } from './coverage-rows.ts'
import { coverageOf } from './coverage.ts'
import { listOwnDuties, ownGrids, tallyOf } from './own-duties.ts'
import type { Patrol } from './patrol.ts'
import { ancestry, lastPath } from './queries.ts'
import { countOwnActs, findEntry, findPersonName, listCalls, listEntries, listRefused, type ShownEntry } from './store.ts'
import { assignmentView, callView, entryView } from './views.ts'

/** Duties are of posts: only somebody at one has any. */
function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}
type Keyed = Pick<Call<unknown>, 'actor' | 'key' | 'requestId'>
const asking = (call: Keyed, act: string, body: unknown) => {
  const actor = personOf(call.actor)
  return { actor, requestId: call.requestId, key: idempotencyKey(`patrol.${act}`, actor.personId, call.key, body) }
}

/** Routes of the module, in the order of the contract. */
export function patrolRoutes(patrol: Patrol): Route[] {
  return [...itemRoutes(patrol), ...dutyRoutes(patrol), ...lookRoutes(patrol), ...managerRoutes(patrol)]
}

function itemRoutes(patrol: Patrol): Route[] {
  const { register } = patrol
  return [
    route(contract.listItems, async (call) => {
      const edition = call.query.edition === undefined ? register.current : register.editions.find((each) => each.edition === Number(call.query.edition))
      if (!edition) throw new Refusal('EDITION_UNKNOWN')
      return {
        edition: edition.edition,
        note: edition.note,
        publishedAt: edition.publishedAt.toISOString(),
        classes: edition.classes.map((each) => ({ ...each })),
        rows: edition.items.map((item) => ({ ...item, form: { ...item.form } })),
      }
    }),
    route(contract.listItemEditions, async () => ({
      rows: register.editions.toReversed().map(({ edition, publishedAt, note, items, digest }) => ({
        edition,
        publishedAt: publishedAt.toISOString(),
        note,
        items: items.length,
        digest,
      })),
    })),
    route(contract.publishItems, async (call) => publishItems(patrol, call.body, call)),
  ]
}

function dutyRoutes(patrol: Patrol): Route[] {
  const { platform, register } = patrol
  return [
    route(contract.listDuties, async (call) => listOwnDuties(patrol, personOf(call.actor), call.query, limitOf(call.query, 50))),
    route(contract.tally, async (call) => {
      const actor = personOf(call.actor)
      const day = call.query.day === undefined ? register.today() : dayNumber(call.query.day)
      const { zone } = register.days
      const [from, to] = [new Date(dayStart(zone, day)), new Date(dayStart(zone, day + 1))]
      const acts = await countOwnActs(platform.db, actor.personId, from, to)
      return {
        day: dayText(day),
        own: await tallyOf(patrol, await ownGrids(patrol, actor)),
        taken: acts?.taken ?? 0,
        corrected: acts?.corrected ?? 0,
        refused: (await listRefused(platform.db, actor.personId, from, to)).map(({ key, code, at }) => {
          const words = errors[code as ErrorCode]
          return { key, code, zh: words.zh, en: words.en, at: at.toISOString() }
        }),
      }
    }),
    route(contract.doDuty, async (call) => settleDuty(patrol, { act: { kind: 'do', body: call.body }, ...asking(call, 'do', call.body) })),
    route(contract.excuseDuty, async (call) => settleDuty(patrol, { act: { kind: 'excuse', body: call.body }, ...asking(call, 'excuse', call.body) })),
    route(contract.correctEntry, async (call) => {
      const body = { id: call.params.id, reason: call.body.reason }
      return correctEntry(patrol, { ...body, ...asking(call, 'correct', body) })
    }),
    route(contract.sync, async (call) => syncActs(patrol, call.body.acts, { actor: personOf(call.actor), requestId: call.requestId })),
  ]
}

function lookRoutes(patrol: Patrol): Route[] {
  const { platform, ports } = patrol
  const { db } = platform
  const seen = async (call: Pick<Call<unknown>, 'actor' | 'requestId' | 'purpose'>, id: string, endpoint: string): Promise<ShownEntry> => {
    const actor = personOf(call.actor)
    const entry = await findEntry(db, id)
    if (!entry || (entry.personId !== actor.personId && !within(actor.areaPath, entry.gridPath))) throw new Refusal('NOT_FOUND')
    await writeRead(db, platform.runtime, {
      districtId: entry.districtId,
      requestId: call.requestId,
      actor,
      endpoint,
      purpose: call.purpose ?? 'supervise',
      objectKind: 'duty-entry',
      objectId: entry.id,
      rows: 1,
    })
    return entry
  }
  return [
    route(contract.coverage, async (call) => coverageOf(patrol, personOf(call.actor), call.query)),
    route(contract.listCoverage, async (call) => coverageRows(patrol, personOf(call.actor), call.query, limitOf(call.query, 50))),
    route(contract.gridHistory, async (call) => {
      const path = ports.findArea(call.params.code)?.path ?? (await lastPath(db, call.params.code))
      if (path === undefined || !within(personOf(call.actor).areaPath, path)) throw new Refusal('NOT_FOUND')
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await listEntries(db, { grids: await ancestry(db, call.params.code), item: call.query.item, after, limit: limit + 1 })
      const last = rows[limit - 1]
      return { rows: rows.slice(0, limit).map(entryView), next: rows.length > limit && last ? cursorOf(last.receivedAt, last.id) : null }
    }),
    route(contract.getEntry, async (call) => {
      const entry = await seen(call, call.params.id, contract.getEntry.id)
      return {
        entry: entryView(entry),
        personName: entry.personId === null ? null : ((await findPersonName(db, entry.personId)) ?? null),
        form: entry.form,
        words: entry.words,
        position: entry.lon === null || entry.lat === null ? null : { lon: entry.lon, lat: entry.lat },
        photoIds: [...entry.photos],
      }
    }),
    route(contract.getPhoto, async (call) => {
      const entry = await seen(call, call.params.id, contract.getPhoto.id)
      if (!entry.photos.includes(call.params.photo)) throw new Refusal('NOT_FOUND')
      const blob = (await findCaseBlob(db, call.params.photo, entry.id)) ?? (entry.caseId && (await findCaseBlob(db, call.params.photo, entry.caseId)))
      if (!blob) throw new Refusal('NOT_FOUND')
      call.header('content-type', blob.media_type)
      call.header('cache-control', 'private, no-store')
      return platform.blobs.read(blob.sha256)
    }),
  ]
}

function managerRoutes(patrol: Patrol): Route[] {
  const { platform, ports } = patrol
  return [
    route(contract.listAssignments, async (call) => {
      const actor = personOf(call.actor)
      const area = ports.findArea(call.query.area ?? actor.areaPath.split('.').at(-1) ?? '')
      if (!area || !within(actor.areaPath, area.path)) throw new Refusal('NOT_FOUND')
      const limit = limitOf(call.query, 50)
      const after = call.query.cursor === undefined ? '' : Buffer.from(call.query.cursor, 'base64url').toString()
      const grids = ports.allGridsBelow(area.path).map((grid) => grid.code)
      const rows = await listAssignments(platform.db, { grids, past: call.query.past !== undefined, after, limit: limit + 1 })
      const last = rows[limit - 1]
      return {
        rows: rows.slice(0, limit).map((row) => assignmentView(ports, row)),
        next: rows.length > limit && last ? Buffer.from(`${last.gridCode} ${last.id}`).toString('base64url') : null,
      }
    }),
    route(contract.assign, async (call) => assignPost(patrol, call.body, asking(call, 'assign', call.body))),
    route(contract.endAssignment, async (call) => {
      const body = { id: call.params.id, reason: call.body.reason }
      return endPost(patrol, { ...body, ...asking(call, 'end', body) })
    }),
    route(contract.callDuty, async (call) => callDuty(patrol, call.body, asking(call, 'call', call.body))),
    route(contract.listCalls, async (call) => {
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await listCalls(platform.db, personOf(call.actor).areaPath, after, limit + 1)
      const last = rows[limit - 1]
      return { rows: rows.slice(0, limit).map((row) => callView(ports, row)), next: rows.length > limit && last ? cursorOf(last.calledAt, last.id) : null }
    }),
  ]
}
