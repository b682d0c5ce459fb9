import { useSyncExternalStore } from 'react'
import type { Areas, Bundle, Entry, Items, Left, Matters, Sent, Worker } from '../outbox/types.ts'
import { database, readKept } from './db.ts'

/** Everything that the screens show, read from the telephone's store; there is no other copy. */
export interface State {
  /** False until the store has been read once. */
  readonly open: boolean
  readonly worker: Worker | undefined
  readonly bundle: Bundle | undefined
  readonly items: Items | undefined
  readonly matters: Matters | undefined
  readonly areas: Areas | undefined
  readonly handOver: readonly Left[]
  readonly outbox: readonly Entry[]
  readonly sent: readonly Sent[]
  readonly recentMatters: readonly string[]
  /** When the day was last loaded, by the telephone's clock; 0 before. */
  readonly loadedAt: number
  readonly offsetMs: number
  /** `signIn` while the server knows nobody; what waits stays. */
  readonly link: 'online' | 'offline' | 'signIn'
  readonly sending: boolean
  /** A new version of the application is ready to take over. */
  readonly fresh: boolean
}

let state: State = {
  open: false,
  worker: undefined,
  bundle: undefined,
  items: undefined,
  matters: undefined,
  areas: undefined,
  handOver: [],
  outbox: [],
  sent: [],
  recentMatters: [],
  loadedAt: 0,
  offsetMs: 0,
  link: 'online',
  sending: false,
  fresh: false,
}
const listeners = new Set<() => void>()

/** Changes what is shown. */
export function setState(change: Partial<State>): void {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

export const getState = (): State => state

/** What is shown, drawn again whenever it changes. */
export function useField(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** Reads the telephone's store anew. */
export async function reread(): Promise<void> {
  const db = await database()
  const [worker, bundle, items, matters, areas, handOver, recentMatters, loadedAt, clock, outbox, sent] = await Promise.all([
    readKept('worker'),
    readKept('bundle'),
    readKept('items'),
    readKept('matters'),
    readKept('areas'),
    readKept('handOver'),
    readKept('recentMatters'),
    readKept('loadedAt'),
    readKept('clock'),
    db.getAllFromIndex('outbox', 'n'),
    db.getAllFromIndex('sent', 'at'),
  ])
  setState({
    open: true,
    worker,
    bundle,
    items,
    matters,
    areas,
    handOver: handOver ?? [],
    recentMatters: recentMatters ?? [],
    loadedAt: loadedAt ?? 0,
    offsetMs: clock?.offsetMs ?? 0,
    outbox,
    sent,
  })
}
