import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '../connect.ts'

/**
 * A test whether the server made a report before this run: its UUIDv7 carries the server's time. The server's clock is read to the second,
 * so a second is waited: nothing of this run can then be taken for something older, nor the other way round.
 */
export async function seenBeforeNow(api: Pick<Api, 'url'>): Promise<(reportId: string) => boolean> {
  const response = await fetch(`${api.url}/healthz`)
  await response.arrayBuffer()
  const serverNow = Date.parse(response.headers.get('date') ?? '')
  await sleep(1_000)
  return (reportId) => madeAt(reportId) < serverNow + 1_000
}

/** Unix time in milliseconds at which a UUIDv7 was made. */
function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}
