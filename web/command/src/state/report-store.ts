import { emptyReport, type ReportDraft, type Reported, type Spot } from '@linli/web-shared/ui'
import { useSyncExternalStore } from 'react'

export interface ReportState {
  /** What is being written; it outlives its panel, until it is sent or discarded. */
  readonly draft: ReportDraft | undefined
  /** Whether the panel is open. */
  readonly open: boolean
  /** What became of the last one sent. */
  readonly last: Reported | undefined
}

/** The report that somebody is writing (上报), beside the room, so that a letter typed draws the form alone. */
export interface ReportStore {
  read(): ReportState
  listen(listener: () => void): () => void
  /** Who is signed in now: another post begins with nothing, the same one finds its words again after it had to sign in anew. */
  keepFor(post: string | undefined): void
  /** Opens the panel for a spot; what was written before is kept and moves there. */
  start(spot: Spot): void
  change(change: (before: ReportDraft) => ReportDraft): void
  close(): void
  discard(): void
  /** The draft is done with; the panel stays where nothing else can say what became of it. */
  sent(answer: Reported, stays: boolean): void
}

const NOTHING: ReportState = { draft: undefined, open: false, last: undefined }

/** Keeps one draft; every new one begins under a key from `newKey`. */
export function createReportStore(newKey: () => string): ReportStore {
  let state = NOTHING
  let owner: string | undefined
  const listeners = new Set<() => void>()
  const set = (next: ReportState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    read: () => state,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    keepFor: (post) => {
      if (post === undefined) return set({ ...state, open: false })
      if (post !== owner) set(NOTHING)
      owner = post
    },
    start: (spot) =>
      set({ draft: state.draft ? { ...state.draft, spot, crs: 'wgs84', confirmed: false } : emptyReport(spot, newKey()), open: true, last: undefined }),
    change: (change) => {
      if (state.draft) set({ ...state, draft: change(state.draft) })
    },
    close: () => set({ ...state, open: false }),
    discard: () => set(NOTHING),
    sent: (answer, stays) => set({ draft: undefined, open: stays, last: answer }),
  }
}

/** One part of what is being written; pick something that stays the same value while it does not change. */
export function useReport<T>(store: ReportStore, pick: (state: ReportState) => T): T {
  return useSyncExternalStore(store.listen, () => pick(store.read()))
}
