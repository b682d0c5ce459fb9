import { feedBack as contract } from '@linli/contract/endpoints/feed-back'
import { Refusal } from '@linli/contract/errors'
import { route, type Route } from '../../../platform/http/request.ts'
import type { Platform } from '../../../platform/platform.ts'
import { BOM, csvLine } from '../../../platform/privacy/csv.ts'
import type { Actor, PersonActor } from '../../../platform/rights/actor.ts'
import { makeSet, type FeedBackPorts } from './make-set.ts'
import { lastFacts } from './queries.ts'
import { sets } from './sets.ts'

function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}

/** Routes of the data that goes back to those who collected it (数据反哺). */
export function feedBackRoutes(platform: Platform, ports: FeedBackPorts): Route[] {
  return [
    route(contract.register, async (call) => {
      const last = await lastFacts(platform.db, personOf(call.actor).areaPath)
      const at = { cases: last?.cases, matters: last?.cases, duties: last?.duties, components: last?.components }
      return {
        asOf: new Date(platform.runtime.now()).toISOString(),
        rows: sets.map((set) => ({ ...set, fields: set.fields.map((field) => ({ ...field })), refreshedAt: at[set.set]?.toISOString() ?? null })),
      }
    }),
    route(contract.getSet, async (call) => makeSet(platform, ports, personOf(call.actor), { ...call.params, ...call.query })),
    route(contract.exportSet, async (call) => {
      const set = await makeSet(platform, ports, personOf(call.actor), { ...call.params, ...call.query })
      call.header('content-type', 'text/csv; charset=utf-8')
      call.header('content-disposition', `attachment; filename="${set.set}-${set.areaCode}-${set.period}.csv"`)
      const head = csvLine([set.set, set.areaCode, set.areaName, set.period, set.asOf])
      return Buffer.from(BOM + head + csvLine(set.fields.map((field) => field.zh)) + set.rows.map(csvLine).join(''))
    }),
  ]
}
