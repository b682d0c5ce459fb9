import { HttpConnection } from './http.ts'

export const CONNECTIONS = 16

/** What happened in one window; times in milliseconds. */
export interface Window {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly failed: number
}
/** One piece of work on one connection; false where it was refused. */
export type Work = (connection: HttpConnection) => Promise<boolean>

/** Does the work over and over on sixteen kept connections, each behind its own answer, for so many seconds. */
export async function runWindow(url: string, seconds: number, work: Work): Promise<Window> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => HttpConnection.open(url)))
  const times: number[] = []
  let failed = 0
  const began = performance.now()
  const until = began + seconds * 1_000
  const one = async (connection: HttpConnection) => {
    while (performance.now() < until) {
      const at = performance.now()
      if (await work(connection)) times.push(performance.now() - at)
      else failed += 1
    }
  }
  await Promise.all(connections.map(one))
  const elapsed = (performance.now() - began) / 1_000
  for (const connection of connections) connection.close()
  return { ...spread(times), perSecond: times.length / elapsed, failed }
}

/** The middle, the slowest twentieth and the slowest hundredth of some times. */
export function spread(times: readonly number[]): Pick<Window, 'p50' | 'p95' | 'p99'> {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

export const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0

/** The median of each figure over some windows; failures are added up. */
export function medianOf(windows: readonly Window[]): Window {
  const of = (read: (window: Window) => number) => median(windows.map(read))
  return {
    perSecond: of((window) => window.perSecond),
    p50: of((window) => window.p50),
    p95: of((window) => window.p95),
    p99: of((window) => window.p99),
    failed: windows.reduce((sum, window) => sum + window.failed, 0),
  }
}
