import { api } from '@linli/contract/endpoints/all'
import { useCache } from '@linli/web-shared/api'
import { throttled, useStream } from '@linli/web-shared/stream'
import { createContext, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react'

/** What the stream said of one case; undefined for “everything may have changed”. */
export interface Heard {
  readonly id: string
  /** Somebody claimed it, released it, opened it or left it; the case itself has not moved. */
  readonly attended: boolean
}
type Listener = (heard: Heard | undefined) => void

const LiveContext = createContext<Set<Listener> | undefined>(undefined)

/** Keeps the one event stream of the desk open while `on`, and tells whoever listens. */
export function LiveProvider({ on, children }: { on: boolean; children: ReactNode }) {
  const cache = useCache()
  const [listeners] = useState(() => new Set<Listener>())
  const tell = (heard: Heard | undefined) => {
    for (const listener of listeners) listener(heard)
  }
  const stream = useStream(api.platform.stream.path, on, {
    onEvent: (event, data) => {
      const id = (data as Readonly<Record<string, unknown>> | null)?.['id']
      if (typeof id === 'string') tell({ id, attended: event === 'case.attended' })
    },
    onResync: () => tell(undefined),
  })
  useEffect(() => {
    // The stream stops by itself when nobody is signed in any more: ask who we are.
    if (stream.state === 'refused') cache.renew(api.identity.me)
  }, [stream.state, cache])
  return <LiveContext value={listeners}>{children}</LiveContext>
}

/** Runs at most once in so many milliseconds when the stream says something that matters to this screen. */
export function useHeard(matters: (heard: Heard | undefined) => boolean, run: () => void, everyMs: number): void {
  const live = use(LiveContext)
  const fits = useEffectEvent(matters)
  const act = useEffectEvent(run)
  useEffect(() => {
    const renew = throttled(() => act(), everyMs)
    let missed = false
    const listener: Listener = (heard) => {
      if (!fits(heard)) return
      // Nobody looks at a page in the background: it catches up when somebody does.
      if (document.hidden) missed = true
      else renew()
    }
    const looked = () => {
      if (document.hidden || !missed) return
      missed = false
      renew()
    }
    document.addEventListener('visibilitychange', looked)
    live?.add(listener)
    return () => {
      live?.delete(listener)
      document.removeEventListener('visibilitychange', looked)
    }
  }, [live, everyMs])
}
