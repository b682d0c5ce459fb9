import type { Stamp } from './outbox/types.ts'
import { keep, readKept } from './store/db.ts'

/** Remembers how far the server's clock is ahead (时钟校正), by an instant that it has just named. */
export async function hear(serverAt: string): Promise<void> {
  const at = Date.parse(serverAt)
  if (!Number.isNaN(at)) await keep('clock', { offsetMs: at - Date.now(), heardAt: at })
}

/** Now, for something that is done at this moment. */
export async function stampNow(): Promise<Stamp> {
  const clock = await readKept('clock')
  return { deviceAt: Date.now(), offsetMs: clock?.offsetMs ?? 0, notBefore: clock?.heardAt ?? 0 }
}

/** The server's time as far as it is known, epoch ms. */
export async function serverNow(): Promise<{ readonly now: number; readonly offsetMs: number }> {
  const offsetMs = (await readKept('clock'))?.offsetMs ?? 0
  return { now: Date.now() + offsetMs, offsetMs }
}
