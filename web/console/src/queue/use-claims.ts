import type { AnswerOf } from '@linli/contract/endpoint'
import { desk } from '@linli/contract/endpoints/desk'
import { ApiProblem, useClient } from '@linli/web-shared/api'
import { useEffect, useState } from 'react'
import { useHeard } from '../live.tsx'

export type Claim = AnswerOf<typeof desk.listClaims>['rows'][number]

/** At most so many are asked for at once. */
const CHUNK = 100
const EVERY_MS = 60_000

/** Who says to be on which of these cases; asked again when somebody claims or releases, and now and then, since a claim ends by itself. */
export function useClaims(ids: readonly string[]): { of(id: string): Claim | undefined; renew(): void } {
  const client = useClient()
  const [claims, setClaims] = useState<ReadonlyMap<string, Claim>>(new Map())
  const [asked, setAsked] = useState(0)
  const named = ids.join(',')
  const renew = () => setAsked((before) => before + 1)
  useHeard((heard) => heard === undefined || (heard.attended && named.includes(heard.id)), renew, 500)
  useEffect(() => {
    const timer = setInterval(() => setAsked((before) => before + 1), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (named === '' || asked < 0) return undefined
    const stop = new AbortController()
    const all = named.split(',')
    const chunks = Array.from({ length: Math.ceil(all.length / CHUNK) }, (_none, index) => all.slice(index * CHUNK, (index + 1) * CHUNK))
    Promise.all(chunks.map((chunk) => client.call(desk.listClaims, { query: { ids: chunk.join(',') }, signal: stop.signal }))).then(
      (answers) => setClaims(new Map(answers.flatMap(({ rows }) => rows.map((row) => [row.caseId, row] as const)))),
      (problem: unknown) => {
        // A claim is a courtesy: without it the list is still the list.
        if (!stop.signal.aborted && !(problem instanceof ApiProblem)) throw problem
      },
    )
    return () => stop.abort()
  }, [client, named, asked])
  return { of: (id) => claims.get(id), renew }
}
