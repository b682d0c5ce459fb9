import { useEffect, useEffectEvent, useState } from 'react'
import { openStream, type StreamState } from './open-stream.ts'

export interface StreamView {
  readonly state: StreamState | 'off'
  /** Milliseconds since 1970 of the last sign of life; 0 before the first. */
  readonly heardAt: number
}

/** Listens while `on`; the handlers always see the screen's newest values. */
export function useStream(url: string, on: boolean, handlers: { onEvent(event: string, data: unknown): void; onResync(): void }): StreamView {
  const [state, setState] = useState<StreamState | 'off'>('off')
  const [heardAt, setHeardAt] = useState(0)
  const onEvent = useEffectEvent(handlers.onEvent)
  const onResync = useEffectEvent(handlers.onResync)
  useEffect(() => {
    if (!on) return undefined
    const close = openStream({
      url,
      fetch: globalThis.fetch.bind(globalThis),
      random: Math.random,
      network: globalThis.window,
      onState: setState,
      onBeat: () => setHeardAt(Date.now()),
      onEvent: (event, data) => onEvent(event, data),
      onResync: () => onResync(),
    })
    return () => {
      close()
      setState('off')
    }
  }, [url, on])
  return { state, heardAt }
}
