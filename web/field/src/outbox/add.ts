import { stampNow } from '../clock.ts'
import { database } from '../store/db.ts'
import type { Act, Entry, EntryPhoto } from './types.ts'

export interface NewEntry {
  readonly personId: string
  readonly lane: string
  readonly title: string
  readonly act: Act
  /** Photos by where they lie already (drafts), or as they were taken. */
  readonly photos?: readonly { readonly blob: string; readonly part: EntryPhoto['part'] }[]
}

/**
 * Puts what was done into the outbox (加入待发), all of it or nothing, and asks the browser to call when a network is back. Throws where the
 * telephone has no room; nothing that waited before is touched then.
 */
export async function addEntries(fresh: readonly NewEntry[], newBlobs: ReadonlyMap<string, Blob> = new Map()): Promise<Entry[]> {
  const stamp = await stampNow()
  const db = await database()
  const tx = db.transaction(['outbox', 'blobs'], 'readwrite')
  const last = await tx.objectStore('outbox').index('n').openCursor(null, 'prev')
  const first = Math.max(Date.now(), (last?.value.n ?? 0) + 1)
  const entries = fresh.map(({ personId, lane, title, act, photos = [] }, index): Entry => ({
    id: `field-${crypto.randomUUID()}`,
    n: first + index,
    personId,
    lane,
    title,
    act,
    photos: photos.map((photo) => ({ ...photo, sent: null })),
    stamp,
    body: null,
    tries: 0,
    nextAt: 0,
    photosAgain: false,
    rejection: null,
  }))
  try {
    for (const [id, blob] of newBlobs) await tx.objectStore('blobs').put(blob, id)
    for (const entry of entries) await tx.objectStore('outbox').put(entry)
    await tx.done
  } catch (error) {
    // All or nothing; the transaction may have ended by itself, and its own promise says the same.
    tx.done.catch(() => undefined)
    abort(tx)
    throw error
  }
  await askForCall()
  return entries
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // It has ended already.
  }
}

/** Background Sync where there is one; elsewhere the page itself looks when it is opened, comes online or some time has passed. */
async function askForCall(): Promise<void> {
  const registration = await globalThis.navigator.serviceWorker?.getRegistration().catch(() => undefined)
  const sync = registration && 'sync' in registration ? (registration.sync as { register(tag: string): Promise<void> }) : undefined
  await sync?.register('outbox').catch(() => undefined)
}

/** Gives an entry up (放弃), and the photos that nothing else needs. */
export async function discard(id: string): Promise<void> {
  const db = await database()
  const tx = db.transaction(['outbox', 'blobs'], 'readwrite')
  const entry = await tx.objectStore('outbox').get(id)
  await tx.objectStore('outbox').delete(id)
  const needed = new Set((await tx.objectStore('outbox').getAll()).flatMap((other) => other.photos.map((photo) => photo.blob)))
  for (const { blob } of entry?.photos ?? []) if (!needed.has(blob)) await tx.objectStore('blobs').delete(blob)
  await tx.done
}

/** Lets an entry that was refused go again as another act: under a key of its own, with a newer state of its case where it is of one. */
export async function sendAnew(entry: Entry): Promise<void> {
  const seq = entry.rejection?.seq ?? null
  await replace(entry, entry.act.kind === 'move' && seq !== null ? { ...entry.act, seq } : entry.act)
}

/** Lets a report go again whose position was doubted: its sender says in which coordinate system the telephone gave it. */
export async function sendRead(entry: Entry, crs: 'wgs84' | 'gcj02'): Promise<void> {
  if (entry.act.kind !== 'report' || entry.act.body.position === undefined) return
  await replace(entry, { ...entry.act, body: { ...entry.act.body, position: { ...entry.act.body.position, crs, confirmed: true } } })
}

async function replace(entry: Entry, act: Act): Promise<void> {
  const tx = (await database()).transaction('outbox', 'readwrite')
  await tx.store.delete(entry.id)
  await tx.store.put({ ...entry, id: `field-${crypto.randomUUID()}`, act, body: null, tries: 0, nextAt: 0, photosAgain: false, rejection: null })
  await tx.done
}
