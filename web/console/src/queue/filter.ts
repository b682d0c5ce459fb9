import type { QueryOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { desk } from '@linli/contract/endpoints/desk'

/** What the queue is narrowed to: the query of the list of cases, without its pages. */
export type Filter = Omit<QueryOf<typeof cases.list>, 'limit' | 'cursor'>
export type Saved = AnswerOf<typeof desk.listFilters>['rows'][number]

const KEYS = [
  'state',
  'area',
  'owner',
  'matter',
  'track',
  'overdue',
  'mine',
  'indicator',
  'part',
  'from',
  'to',
  'order',
  'q',
] as const satisfies readonly (keyof Filter)[]
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  track: ['simple', 'hard'],
  overdue: ['true'],
  mine: ['true'],
  part: ['numerator', 'denominator'],
  order: ['newest', 'due'],
}

/** The filter that an address names; what the list does not know is left out, so that an old link still opens. */
export function readFilter(query: Readonly<Record<string, string>>): Filter {
  const known = KEYS.flatMap((key) => {
    const value = query[key]
    return value === undefined || value === '' || LITERALS[key]?.includes(value) === false ? [] : [[key, value] as const]
  })
  return Object.fromEntries(known)
}

/** The same as an address carries it, always in one order, so that equal filters have equal addresses. */
export function writeFilter(filter: Filter): Record<string, string> {
  return Object.fromEntries(KEYS.flatMap((key) => (filter[key] === undefined || filter[key] === '' ? [] : [[key, filter[key]] as const])))
}

/** What may be kept of a filter: all but the words searched for. */
export function keptOf({ q: _words, ...kept }: Filter): Saved['filter'] {
  return writeFilter(kept)
}

export const sameFilter = (one: Filter, other: Filter): boolean => JSON.stringify(writeFilter(one)) === JSON.stringify(writeFilter(other))

/**
 * Both filters at once (叠加筛选): the cases that lie in the one and in the other. States and periods are cut with each other; undefined
 * where no case can lie in both, or where the list has no way to say it (two areas, two figures).
 */
export function both(one: Filter, other: Filter): Filter | undefined {
  const joined: Record<string, string> = { ...writeFilter(one) }
  for (const [key, value] of Object.entries(writeFilter(other))) {
    const before = joined[key]
    if (before === undefined || before === value) joined[key] = value
    else if (key === 'order') joined[key] = before
    else if (key === 'from') joined[key] = before > value ? before : value
    else if (key === 'to') joined[key] = before < value ? before : value
    else if (key === 'state') {
      const states = before.split(',').filter((state) => value.split(',').includes(state))
      if (states.length === 0) return undefined
      joined[key] = states.join(',')
    } else return undefined
  }
  return joined['from'] !== undefined && joined['to'] !== undefined && joined['from'] >= joined['to'] ? undefined : readFilter(joined)
}
