import { insight as contract } from '@linli/contract/endpoints/reach'
import { Refusal } from '@linli/contract/errors'
import { route } from '../../platform/http/request.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { asPerson } from '../../platform/rights/actor.ts'
import type { FeedBackPorts } from './feed-back/make-set.ts'
import { feedBackRoutes } from './feed-back/routes.ts'
import { breakdown } from './breakdown/queries.ts'
import { history } from './history/queries.ts'
import { indicators, type InsightPorts } from './queries.ts'

/** The door of `insight`: figures with their definitions, denominators and the cases behind them. */
export function createInsight(platform: Platform, ports: InsightPorts & FeedBackPorts): { readonly registration: Registration } {
  return {
    registration: {
      name: 'insight',
      routes: [
        route(contract.indicators, async (call) => {
          if (call.actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
          return indicators(platform, ports, call.actor, call.query)
        }),
        route(contract.history, async (call) => history(platform, ports, asPerson(call.actor), call.query)),
        route(contract.breakdown, async (call) => breakdown(platform, ports, asPerson(call.actor), call.query)),
        ...feedBackRoutes(platform, ports),
      ],
    },
  }
}
