import { desk as contract } from '@linli/contract/endpoints/desk'
import { districtOf } from '@linli/lib/ids'
import { route, type Route } from '../../platform/http/request.ts'
import { asPerson, type Actor, type PersonActor } from '../../platform/rights/actor.ts'
import { claimCase } from './commands/claim-case.ts'
import { addFilter, changeFilter, orderFilters, removeFilter } from './commands/keep-filter.ts'
import { releaseCase } from './commands/release-case.ts'
import { seeAlerts, setQuiet } from './commands/see-alerts.ts'
import { announce, nowOf, type Context, type Deed } from './context.ts'
import { EXACT_TO, isQuiet, SOON_WORK_HOURS, timeOf } from './rules.ts'
import { findClaim, findLooked, findQuiet, listClaims, listFilters, listReceipts, type ClaimRow } from './store.ts'

const deedOf = (call: { actor: Actor; requestId: string }): Deed => ({ actor: asPerson(call.actor), requestId: call.requestId })
const claimView = (actor: PersonActor, row: ClaimRow) => ({
  caseId: row.case_id,
  postTitle: row.post_title,
  unitName: row.unit_name,
  me: row.person_id === actor.personId,
  at: row.at.toISOString(),
  until: row.ends_at.toISOString(),
})

/** Saved filters, claims, presence and the preview of moves. */
export function deskRoutes(context: Context): Route[] {
  const { platform, ports, attendance } = context
  const { db } = platform
  return [
    route(contract.listFilters, async (call) => ({ rows: await listFilters(db, asPerson(call.actor)) })),
    route(contract.addFilter, (call) => addFilter(context, deedOf(call), call.key, call.body)),
    route(contract.changeFilter, (call) => changeFilter(context, deedOf(call), call.params.id, call.body)),
    route(contract.orderFilters, async (call) => {
      await orderFilters(context, deedOf(call), call.body.ids)
      return { rows: await listFilters(db, asPerson(call.actor)) }
    }),
    route(contract.removeFilter, async (call) => {
      await removeFilter(context, deedOf(call), call.params.id)
      return { removed: true }
    }),
    route(contract.countFilters, async (call) => {
      const actor = asPerson(call.actor)
      const asOf = nowOf(context).toISOString()
      const rows = []
      // One after the other: what somebody saved does not take every connection at once.
      for (const { id, filter } of await listFilters(db, actor)) {
        const count = await ports.countCases(actor, filter, EXACT_TO)
        rows.push({ id, count: Math.min(count, EXACT_TO), exact: count <= EXACT_TO })
      }
      return { rows, asOf }
    }),
    route(contract.listClaims, async (call) => {
      const actor = asPerson(call.actor)
      const named = [...new Set(call.query.ids.split(','))].filter((id) => UUID.test(id)).map((id) => ({ districtId: districtOf(id), id }))
      return { rows: (await listClaims(db, actor, named, nowOf(context))).map((row) => claimView(actor, row)) }
    }),
    route(contract.claim, async (call) => claimView(asPerson(call.actor), await claimCase(context, deedOf(call), call.params.id, call.body.reason))),
    route(contract.release, async (call) => ({ released: await releaseCase(context, deedOf(call), call.params.id) })),
    route(contract.attend, async (call) => {
      const actor = asPerson(call.actor)
      const found = await ports.visibleCase(actor, call.params.id)
      const now = nowOf(context)
      const { personId, postTitle, unitName } = actor
      if (attendance.sign(found.id, call.body.screen, { personId, postTitle, unitName }, call.body.here, now.getTime())) announce(context, found)
      const [claim, seen] = await Promise.all([findClaim(db, found.districtId, found.id, now), listReceipts(db, found.districtId, found.id)])
      return {
        here: attendance.list(found.id, now.getTime()).map((one) => ({
          postTitle: one.postTitle,
          unitName: one.unitName,
          me: one.personId === personId,
          since: new Date(one.since).toISOString(),
        })),
        claim: claim ? claimView(actor, claim) : null,
        seen: seen.map((row) => ({ postTitle: row.post_title, unitName: row.unit_name, at: row.at.toISOString() })),
      }
    }),
    route(contract.previewMoves, (call) => ports.previewMoves(asPerson(call.actor), call.body.ids, call.body.move)),
    route(contract.alerts, async (call) => {
      const actor = asPerson(call.actor)
      const now = nowOf(context)
      const soon = ports.workHoursFrom(SOON_WORK_HOURS, now)
      const [seenAt, quiet] = await Promise.all([findLooked(db, actor), findQuiet(db, actor.personId)])
      return {
        asOf: now.toISOString(),
        seenAt: seenAt?.toISOString() ?? null,
        soonUntil: soon.toISOString(),
        ...(await ports.waitingFor(actor, { since: seenAt ?? new Date(0), soon, now })),
        quiet,
        quietNow: isQuiet(quiet, timeOf(platform.city.city.timeZone, now.getTime())),
      }
    }),
    route(contract.seeAlerts, async (call) => {
      const { seenAt, receipts } = await seeAlerts(context, deedOf(call), new Date(call.body.asOf), call.body.cases)
      return { seenAt: seenAt.toISOString(), receipts }
    }),
    route(contract.setQuiet, async (call) => {
      await setQuiet(context, deedOf(call), call.body.quiet)
      return { quiet: call.body.quiet }
    }),
  ]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
