import type { AnswerOf } from '@linli/contract/endpoint'
import { places } from '@linli/contract/endpoints/places'
import { useClient } from '@linli/web-shared/api'
import type { AreaLabel } from '@linli/web-shared/map'
import { useEffect, useState } from 'react'

const LEVELS = ['district', 'street', 'community'] as const
/** A city of any size has fewer communities than this; more would not be readable anyway. */
const MOST_PAGES = 15

/** The names to write on the map: districts first, then streets, then communities, as they arrive. */
export function useAreaLabels(): readonly AreaLabel[] {
  const client = useClient()
  const [labels, setLabels] = useState<readonly AreaLabel[]>([])
  useEffect(() => {
    const stop = new AbortController()
    const load = async () => {
      for (const level of LEVELS) {
        let cursor: string | null = null
        for (let page = 0; page < MOST_PAGES && (page === 0 || cursor !== null); page += 1) {
          const answer: AnswerOf<typeof places.listAreas> = await client.call(places.listAreas, {
            query: { level, limit: '200', ...(cursor === null ? {} : { cursor }) },
            signal: stop.signal,
          })
          cursor = answer.next
          setLabels((before) => [
            ...before.filter((label) => !answer.rows.some((row) => row.code === label.code)),
            ...answer.rows.map(({ code, parentCode, name, level, center }) => ({ code, parentCode, name, level, ...center })),
          ])
        }
      }
    }
    // Without names the map is still a map; the next opening tries again.
    load().catch(() => undefined)
    return () => stop.abort()
  }, [client])
  return labels
}
