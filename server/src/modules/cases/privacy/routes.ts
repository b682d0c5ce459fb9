import { privacy as contract } from '@linli/contract/endpoints/privacy'
import { route, type Route } from '../../../platform/http/request.ts'
import type { Platform, Registration } from '../../../platform/platform.ts'
import { asPerson } from '../../../platform/rights/actor.ts'
import { correctReporter } from './correct-reporter.ts'
import { casesDataset } from './dataset.ts'
import type { CasePrivacyPorts } from './ports.ts'
import { revealReporters, type RevealCall } from './reveal.ts'
import { casesEraser } from './store.ts'

/** Privacy of cases: reveal, correction, export and erasure, as a registration of its own because its ports are other ones than the engine's. */
export function createCasePrivacy(platform: Platform, ports: CasePrivacyPorts): Registration {
  return { name: 'cases.privacy', routes: privacyRoutes(platform, ports), datasets: [casesDataset(ports)], erasers: [casesEraser] }
}

function privacyRoutes(platform: Platform, ports: CasePrivacyPorts): Route[] {
  const reveal = (kind: RevealCall['kind'], endpoint: typeof contract.reveal | typeof contract.revealInEmergency) =>
    route(endpoint, async (call) => {
      call.header('cache-control', 'no-store')
      return revealReporters(platform, ports, {
        kind,
        id: call.params.id,
        actor: asPerson(call.actor),
        reason: call.body.reason,
        key: call.key,
        requestId: call.requestId,
      })
    })
  return [
    reveal('contact', contract.reveal),
    reveal('emergency', contract.revealInEmergency),
    route(contract.correctReporter, (call) =>
      correctReporter(platform, ports, {
        id: call.params.id,
        actor: asPerson(call.actor),
        requestId: call.requestId,
        purpose: call.purpose ?? '',
        ifMatch: call.ifMatch,
        body: call.body,
      }),
    ),
  ]
}
