import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const LOOK_MS = 10

/**
 * Stops accepting connections and waits until every request under way is answered, for at most `graceMs`; what is left then is cut.
 * Answers on kept connections say `Connection: close` meanwhile. Returns how many requests were cut.
 */
export async function drain(http: FastifyInstance, inFlight: () => number, graceMs: number): Promise<number> {
  const closed = http.close()
  const until = performance.now() + graceMs
  while (inFlight() > 0 && performance.now() < until) await sleep(LOOK_MS)
  const cut = inFlight()
  http.server.closeAllConnections()
  await closed
  return cut
}
