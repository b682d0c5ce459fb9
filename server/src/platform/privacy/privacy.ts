import type { Platform, Registration } from '../platform.ts'
import { auditDataset } from './audit-dataset.ts'
import { exportRoutes } from './export-routes.ts'
import { makeNextExport } from './make-export.ts'
import { exportFiles, platformErasers } from './own-erasers.ts'
import { runEraser, runRetention, type RetentionPorts } from './retention.ts'
import { privacyRoutes, type PrivacyRoutePorts } from './routes.ts'

export type PrivacyPorts = RetentionPorts & PrivacyRoutePorts

/**
 * Privacy over all modules (隐私保护): the export gate, retention with proof, legal holds and the review of reveals. `registrations` is asked
 * late, so that every module's datasets and erasers are known.
 */
export function createPrivacy(platform: Platform, ports: PrivacyPorts, registrations: () => readonly Registration[]): Registration {
  const now = () => platform.runtime.now()
  const datasets = () => new Map(registrations().flatMap((registration) => (registration.datasets ?? []).map((dataset) => [dataset.name, dataset] as const)))
  const erasers = () => registrations().flatMap((registration) => registration.erasers ?? [])
  return {
    name: 'privacy',
    routes: [...exportRoutes(platform, datasets), ...privacyRoutes(platform, ports, erasers)],
    datasets: [auditDataset],
    erasers: platformErasers(now),
    pumps: [
      { name: 'privacy.makeExports', everyMs: 1_000, work: () => makeNextExport(platform, datasets()) },
      { name: 'privacy.expireExports', everyMs: 60_000, work: () => runEraser(platform, exportFiles(now)) },
    ],
    jobs: [
      {
        // 02:23 in China, when the fewest look on.
        name: 'privacy.retention',
        cron: '23 18 * * *',
        run: async () => {
          await runRetention(platform, erasers(), ports)
          await platform.blobs.sweep()
        },
      },
    ],
  }
}
