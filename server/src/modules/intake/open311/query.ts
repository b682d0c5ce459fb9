import { Refusal } from '@linli/contract/errors'

const DAY_MS = 86_400_000
const SPAN_MS = 90 * DAY_MS
/** The standard's ceiling for one answer. */
export const MOST_REQUESTS = 1_000

type Listed = string | readonly string[] | undefined
export interface SaidQuery {
  readonly service_request_id?: Listed
  readonly service_code?: Listed
  readonly status?: Listed
  readonly start_date?: string
  readonly end_date?: string
}
/** By number alone, or by time with what narrows it. */
export type RequestQuery =
  | { readonly numbers: readonly string[] }
  | { readonly from: Date; readonly before: Date; readonly matterKeys?: readonly string[]; readonly closed?: boolean }

/** The parts of a list that is given by comma, by repetition or both; an empty one is absent. */
export const partsOf = (listed: Listed): string[] => [
  ...new Set(
    [listed ?? []]
      .flat()
      .flatMap((text) => text.split(','))
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]

const wrong = (parameter: string, code: string, detail: string) => new Refusal('INPUT_INVALID', [{ pointer: parameter, code, detail }])

/** Reads the parameters of GET requests; a number overrides all else. OPEN311_SPAN_TOO_LONG beyond 90 days, INPUT_INVALID for what cannot be read. */
export function readRequestQuery(said: SaidQuery, now: number): RequestQuery {
  const numbers = partsOf(said.service_request_id)
  if (numbers.length > MOST_REQUESTS) throw wrong('service_request_id', 'maxItems', `at most ${MOST_REQUESTS}`)
  if (numbers.length > 0) return { numbers }
  const statuses = partsOf(said.status)
  if (statuses.some((status) => status !== 'open' && status !== 'closed')) throw wrong('status', 'enum', 'open or closed')
  const matterKeys = partsOf(said.service_code)
  if (matterKeys.length > MOST_REQUESTS) throw wrong('service_code', 'maxItems', `at most ${MOST_REQUESTS}`)
  return {
    ...spanOf(said, now),
    ...(matterKeys.length > 0 ? { matterKeys } : {}),
    ...(statuses.length === 1 ? { closed: statuses[0] === 'closed' } : {}),
  }
}

function spanOf(said: SaidQuery, now: number): { from: Date; before: Date } {
  const start = instantOf('start_date', said.start_date)
  const end = instantOf('end_date', said.end_date)
  const to = end?.at ?? (start === undefined ? now : start.at + SPAN_MS)
  const from = start?.at ?? to - SPAN_MS
  if (to < from) throw wrong('end_date', 'minimum', 'before start_date')
  if (to - from > SPAN_MS) throw new Refusal('OPEN311_SPAN_TOO_LONG', [], { days: Math.ceil((to - from) / DAY_MS) })
  // Times go out in whole seconds, so the last second belongs to the answer whole.
  return { from: new Date(from), before: new Date(to + (end?.fraction === true ? 1 : 1_000)) }
}

/** An instant of the W3C note on dates, Unix milliseconds; the zone is compulsory, and a space stands for a plus that nobody escaped. */
function instantOf(parameter: string, said: string | undefined): { at: number; fraction: boolean } | undefined {
  if (said === undefined || said === '') return undefined
  const text = said.replace(/ (?=\d{2}:\d{2}$)/, '+')
  const match = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text)
  const at = match === null ? Number.NaN : Date.parse(text)
  if (Number.isNaN(at)) throw wrong(parameter, 'date-time', 'date and time with zone, such as 2026-01-01T00:00:00+08:00')
  return { at, fraction: match?.[1] !== undefined }
}
