import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import { RequestWindow } from './operations/request-window.ts'

/** Prometheus metrics of one process, at /metrics. */
export interface Metrics {
  readonly registry: Registry
  observe(endpoint: string, status: number, ms: number): void
  readonly moves: Counter<'move'>
  readonly reports: Counter<'outcome'>
  readonly streams: Gauge
  readonly undelivered: Gauge
  readonly shed: Counter<'endpoint'>
  readonly shedLevel: Gauge
  /** Answers of the last minute, for the operations page. */
  readonly requests: RequestWindow
}

/** Makes the metric set; label values come from the contract, never from a caller. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'linli_' })
  const requests = new Histogram({
    name: 'linli_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  return {
    registry,
    observe: (endpoint, status, ms) => requests.observe({ endpoint, status: String(status) }, ms / 1000),
    requests: new RequestWindow(() => performance.now()),
    moves: new Counter({ name: 'linli_moves_total', help: 'Moves made', labelNames: ['move'], registers: [registry] }),
    reports: new Counter({ name: 'linli_reports_total', help: 'Reports received', labelNames: ['outcome'], registers: [registry] }),
    streams: new Gauge({ name: 'linli_streams', help: 'Open event streams', registers: [registry] }),
    undelivered: new Gauge({ name: 'linli_outbox_undelivered', help: 'Events not delivered yet', registers: [registry] }),
    shed: new Counter({ name: 'linli_shed_total', help: 'Requests refused for overload', labelNames: ['endpoint'], registers: [registry] }),
    shedLevel: new Gauge({ name: 'linli_shed_level', help: '0 serves everything, 3 refuses every endpoint', registers: [registry] }),
  }
}
