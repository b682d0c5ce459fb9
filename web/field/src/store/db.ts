import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Areas, Bundle, Entry, Items, Left, Matters, Sent, TrackPoint, Worker } from '../outbox/types.ts'
import type { ReportDraft } from '../report/draft.ts'

/** The city as far as a telephone shows it. */
export interface City {
  readonly name: string
  readonly nameEn: string
  readonly color: string
  readonly timeZone: string
  readonly words: Readonly<Record<string, { readonly zh: string; readonly en: string }>>
}

/** A city component (部件) as a report may name it. */
export interface Component {
  readonly code: string
  readonly name: string
  readonly typeCode: string
  readonly lon: number
  readonly lat: number
}

/** What is kept under a name of its own. */
export interface Kept {
  worker: Worker
  bundle: Bundle
  etag: string
  items: Items
  matters: Matters
  areas: Areas
  /** Grids that left and who has them, until somebody has read it. */
  handOver: readonly Left[]
  track: readonly TrackPoint[]
  draft: ReportDraft
  /** How far the server's clock is ahead of the telephone's, and when that was last heard (server time); ms. */
  clock: { readonly offsetMs: number; readonly heardAt: number }
  usedAt: number
  loadedAt: number
  recentMatters: readonly string[]
  city: City
  /** City components of grids that were looked at, by grid. */
  components: Readonly<Record<string, readonly Component[]>>
}
interface Schema extends DBSchema {
  kept: { key: keyof Kept; value: Kept[keyof Kept] }
  outbox: { key: string; value: Entry; indexes: { n: number } }
  blobs: { key: string; value: Blob }
  sent: { key: string; value: Sent; indexes: { at: number } }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined

/** The telephone's own store (本机存储), opened once for each page or worker. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('linli-field', 1, {
    upgrade(db) {
      db.createObjectStore('kept')
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('n', 'n')
      db.createObjectStore('blobs')
      db.createObjectStore('sent', { keyPath: 'id' }).createIndex('at', 'at')
    },
    // Another tab has a newer version: this connection must not stand in its way.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opened = undefined
    },
  })
  return opened
}

export async function readKept<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined> {
  return (await (await database()).get('kept', name)) as Kept[K] | undefined
}

export async function keep<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
  await (await database()).put('kept', value, name)
}

/** True where the telephone has no room left: what was to be kept is not kept, and everything before it still is. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'QuotaExceededError' || (error.name === 'AbortError' && /quota/i.test(error.message)))
}
