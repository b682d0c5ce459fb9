import { api } from '@linli/contract/endpoints/all'
import { useCache } from '@linli/web-shared/api'
import { useStream, type StreamView } from '@linli/web-shared/stream'
import { useEffect, useMemo, useState } from 'react'
import { movePin, readMoved, type Moved } from './moved.ts'
import { throttled } from './throttle.ts'

const LIST_EVERY_MS = 3_000
const FIGURES_EVERY_MS = 8_000
/** An exact count of a whole city takes the database longer than a page of it. */
const COUNT_EVERY_MS = 15_000
const FRESH_MS = 6_000

export interface Live extends StreamView {
  /** Cases that have just moved, to be marked for a moment. */
  readonly fresh: ReadonlySet<string>
}

/** Keeps the screen true while cases move: pins at once, the list and the figures soon after, the open case when it is the one. */
export function useLive(on: boolean, openId: string | undefined, onMoved: (moved: Moved) => void): Live {
  const cache = useCache()
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const renewList = useMemo(() => throttled(() => cache.renew(api.cases.list), LIST_EVERY_MS), [cache])
  const renewCount = useMemo(() => throttled(() => cache.renew(api.cases.count), COUNT_EVERY_MS), [cache])
  const renewFigures = useMemo(() => throttled(() => cache.renew(api.insight.indicators), FIGURES_EVERY_MS), [cache])
  const renewCase = useMemo(
    () =>
      throttled(() => {
        cache.renew(api.cases.get)
        cache.renew(api.cases.listEntries)
        cache.renew(api.cases.listSimilar)
      }, 500),
    [cache],
  )
  const stream = useStream(api.platform.stream.path, on, {
    onEvent: (event, data) => {
      const moved = event === 'case.moved' ? readMoved(data) : undefined
      if (!moved) return
      cache.patch(api.cases.listPins, (pins) => movePin(pins, moved))
      setFresh((before) => new Set([...before, moved.id]))
      setTimeout(() => setFresh((before) => new Set([...before].filter((id) => id !== moved.id))), FRESH_MS)
      renewList()
      renewCount()
      renewFigures()
      if (moved.id === openId) renewCase()
      onMoved(moved)
    },
    onResync: () => {
      for (const endpoint of [api.cases.list, api.cases.count, api.cases.listPins, api.cases.get, api.cases.listEntries, api.insight.indicators])
        cache.renew(endpoint)
    },
  })
  // The stream stops by itself when nobody is signed in any more: ask who we are.
  useEffect(() => {
    if (stream.state === 'refused') cache.renew(api.identity.me)
  }, [stream.state, cache])
  return { ...stream, fresh }
}
