import { resident as contract } from '@linli/contract/endpoints/resident'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Platform } from '../../platform/platform.ts'
import type { ResidentParts } from './parts.ts'
import { publicCasesOf } from './public-cases.ts'
import { readsOf } from './reads.ts'

/** What the pages show, for other programs too. */
export function residentRoutes(platform: Platform, parts: ResidentParts): Route[] {
  return [
    route(contract.listReads, async (call) => {
      const { caseId } = await parts.intake.reporters.find(call.params.receipt)
      return readsOf(platform, caseId, { limit: limitOf(call.query, 50), cursor: call.query.cursor })
    }),
    route(contract.listPublicCases, (call) => publicCasesOf(platform, parts, { ...call.query, limit: limitOf(call.query, 50) })),
  ]
}
