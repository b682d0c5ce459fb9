import { api } from '@linli/contract/endpoints/all'
import { useCache } from '@linli/web-shared/api'
import { collect, useStream, type Collector, type StreamView } from '@linli/web-shared/stream'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { forget, hear, NOTHING_HEARD, type Heard } from './heard.ts'
import { movePins, readMoved, type Moved } from './moved.ts'
import { throttled } from '@linli/web-shared/stream'

const LIST_EVERY_MS = 3_000
const FIGURES_EVERY_MS = 8_000
/** An exact count of a whole city takes the database longer than a page of it. */
const COUNT_EVERY_MS = 15_000
const TREND_EVERY_MS = 60_000
const MARKS_EVERY_MS = 1_000

export interface Live extends StreamView {
  readonly heard: Heard
  /** Cases that have just moved, to be marked for a moment. */
  readonly fresh: ReadonlySet<string>
}

/** Keeps the screen true while cases move: pins at once, the list and the figures soon after, the open case when it is the one. */
export function useLive(on: boolean, openId: string | undefined, onMoved: (moved: readonly Moved[]) => void): Live {
  const cache = useCache()
  const [heard, setHeard] = useState(NOTHING_HEARD)
  const renew = useMemo(() => {
    const each = (everyMs: number, ...endpoints: Parameters<typeof cache.renew>[0][]) => throttled(() => endpoints.forEach(cache.renew), everyMs)
    return {
      list: each(LIST_EVERY_MS, api.cases.list, api.cases.listStrands),
      count: each(COUNT_EVERY_MS, api.cases.count),
      figures: each(FIGURES_EVERY_MS, api.insight.indicators),
      trend: each(TREND_EVERY_MS, api.insight.history),
      open: each(500, api.cases.get, api.cases.listEntries, api.cases.listSimilar),
    }
  }, [cache])
  const take = useEffectEvent((batch: readonly (Moved | undefined)[]) => {
    const now = Date.now()
    const moves = batch.filter((moved) => moved !== undefined)
    setHeard((before) => hear(before, batch, now))
    cache.patch(api.cases.listPins, (pins) => movePins(pins, moves, now))
    renew.list()
    renew.count()
    renew.figures()
    renew.trend()
    if (moves.some((moved) => moved.id === openId)) renew.open()
    onMoved(moves)
  })
  const events = useRef<Collector<Moved | undefined>>(undefined)
  useEffect(() => {
    const gathering = collect<Moved | undefined>((batch) => take(batch))
    events.current = gathering
    return () => gathering.stop()
  }, [])
  useEffect(() => {
    const timer = setInterval(() => setHeard((before) => forget(before, Date.now())), MARKS_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const stream = useStream(api.platform.stream.path, on, {
    onEvent: (event, data) => {
      if (event === 'case.moved') events.current?.add(readMoved(data))
    },
    onResync: () => {
      for (const endpoint of [
        api.cases.list,
        api.cases.count,
        api.cases.listPins,
        api.cases.listStrands,
        api.cases.get,
        api.cases.listEntries,
        api.insight.indicators,
        api.insight.history,
      ])
        cache.renew(endpoint)
    },
  })
  // The stream stops by itself when nobody is signed in any more: ask who we are.
  useEffect(() => {
    if (stream.state === 'refused') cache.renew(api.identity.me)
  }, [stream.state, cache])
  return { ...stream, heard, fresh: heard.fresh }
}
