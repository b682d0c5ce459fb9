import { places } from '@linli/contract/endpoints/places'
import { useClient } from '@linli/web-shared/api'
import type { Shape } from '@linli/web-shared/map'
import { useEffect, useMemo, useState } from 'react'
import type { AreaDetail, AreaRow } from './types.ts'

const AT_ONCE = 6

/** The boundaries of areas for the map, fetched a few at a time; one that cannot be had is left out, for the list beside the map has it. */
export function useShapes(areas: readonly AreaRow[], chosen: readonly string[]): readonly Shape[] {
  const client = useClient()
  const [found, setFound] = useState<{ readonly of: readonly AreaRow[]; readonly list: readonly AreaDetail[] }>({ of: [], list: [] })
  useEffect(() => {
    const stop = new AbortController()
    const fetchAll = async () => {
      for (let at = 0; at < areas.length && !stop.signal.aborted; at += AT_ONCE) {
        const batch = areas.slice(at, at + AT_ONCE).map(({ code }) => client.call(places.getArea, { params: { code }, signal: stop.signal }))
        const answers = (await Promise.allSettled(batch)).flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
        if (!stop.signal.aborted) setFound((before) => ({ of: areas, list: before.of === areas ? [...before.list, ...answers] : answers }))
      }
    }
    void fetchAll()
    return () => stop.abort()
  }, [client, areas])
  return useMemo(
    () =>
      found.of !== areas || found.list.length < areas.length
        ? []
        : found.list.map(({ area, geometry }) => ({ code: area.code, chosen: chosen.includes(area.code), geometry })),
    [found, areas, chosen],
  )
}
