import type { AnswerOf } from '@linli/contract/endpoint'
import { intake } from '@linli/contract/endpoints/intake'
import { useEffect, useState } from 'react'
import { useClient } from '../../api/index.ts'
import type { ReportDraft } from './draft.ts'

type Similar = AnswerOf<typeof intake.similar>['rows']

const NONE: Similar = []
const TYPING_MS = 800
/** Fewer characters say nothing that could be alike. */
const LEAST = 4

/** Open cases near the spot that may be the same event (附近相似上报), asked a moment after the last key; a failure says nothing, for it must never keep anybody from sending. */
export function useSimilar({ spot, text, matter }: Pick<ReportDraft, 'spot' | 'text' | 'matter'>): Similar {
  const client = useClient()
  const [rows, setRows] = useState<Similar>(NONE)
  const said = text.trim()
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      if (said.length < LEAST) return setRows(NONE)
      const body = { position: { ...spot, crs: 'wgs84' as const }, text: said, ...(matter === undefined ? {} : { matter }) }
      client.call(intake.similar, { body, signal: stop.signal }).then(
        (answer) => setRows(answer.rows),
        () => stop.signal.aborted || setRows(NONE),
      )
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [client, spot, said, matter])
  return rows
}
