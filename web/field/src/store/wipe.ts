import { database, type Kept } from './db.ts'

/** How long cases and drafts stay on a telephone that nobody uses. */
const UNUSED_MS = 24 * 3_600_000
/** What tells nothing of anybody: it may stay. */
const HARMLESS: readonly (keyof Kept)[] = ['items', 'matters', 'clock', 'recentMatters', 'usedAt', 'city', 'components']

/** Clears what a telephone knows of cases and people (清除本机数据). What waits to be sent is not touched: it is nowhere else. */
export async function wipeKept(): Promise<void> {
  const db = await database()
  const tx = db.transaction(['kept', 'sent', 'blobs', 'outbox'], 'readwrite')
  for (const name of await tx.objectStore('kept').getAllKeys()) if (!HARMLESS.includes(name)) await tx.objectStore('kept').delete(name)
  await tx.objectStore('sent').clear()
  // Photos of what waits stay; those of drafts go with them.
  const waiting = new Set((await tx.objectStore('outbox').getAll()).flatMap((entry) => entry.photos.map((photo) => photo.blob)))
  for (const id of await tx.objectStore('blobs').getAllKeys()) if (!waiting.has(id)) await tx.objectStore('blobs').delete(id)
  await tx.done
}

/** Removes photos that nothing names: those of a form that was open when its tab was killed. Another open tab may hold such a form, and then nothing is removed. */
export async function sweepPhotos(): Promise<void> {
  const { locks } = globalThis.navigator
  if (!locks) return
  await locks.request('linli-field-page', { ifAvailable: true }, async (alone) => {
    if (!alone) return
    const db = await database()
    const tx = db.transaction(['kept', 'blobs', 'outbox'], 'readwrite')
    const draft = (await tx.objectStore('kept').get('draft')) as Kept['draft'] | undefined
    const named = new Set([...(draft?.photos ?? []), ...(await tx.objectStore('outbox').getAll()).flatMap((entry) => entry.photos.map((photo) => photo.blob))])
    for (const id of await tx.objectStore('blobs').getAllKeys()) if (!named.has(id)) await tx.objectStore('blobs').delete(id)
    await tx.done
  })
  // Held as long as this page lives, so that no other removes what it is taking.
  void locks.request('linli-field-page', { mode: 'shared' }, () => new Promise(() => undefined))
}

/** Clears everything, what waits too: only when somebody has said so. */
export async function wipeAll(): Promise<void> {
  const db = await database()
  const tx = db.transaction(['kept', 'sent', 'blobs', 'outbox'], 'readwrite')
  await Promise.all([
    tx.objectStore('outbox').clear(),
    tx.objectStore('blobs').clear(),
    tx.objectStore('sent').clear(),
    tx.objectStore('kept').clear(),
    tx.done,
  ])
}

/** Whether what is kept has lain too long; a clock that was set back counts as no time. */
export function isStale(usedAt: number | undefined, now: number): boolean {
  return usedAt !== undefined && now - usedAt > UNUSED_MS
}
