import { operations as contract } from '@linli/contract/endpoints/operations'
import { route, type Route } from '../http/request.ts'
import type { Platform } from '../platform.ts'
import { reporter, type OperationsPorts } from './report.ts'

/** The operations page (运行监控). */
export function operationsRoutes(platform: Platform, ports: OperationsPorts): Route[] {
  const report = reporter(platform, ports)
  return [route(contract.get, () => report())]
}
