import { expect, test } from 'vitest'
import { rankBy } from './rank.ts'

const row = (name: string, value: number | null, indicator = 'closed') => ({ name, rates: [{ indicator, value, denominator: value === null ? 0 : 4 }] })
const shown = (rows: ReturnType<typeof rankBy<ReturnType<typeof row>>>) => rows.map(({ row: { name }, place }) => [name, place])

test('the best comes first, equal values share a place, and empty ones have none', () => {
  expect(shown(rankBy([row('a', 0.5), row('b', null), row('c', 0.9), row('d', 0.5), row('e', 0.1)], 'closed'))).toEqual([
    ['c', 1],
    ['a', 2],
    ['d', 2],
    ['e', 4],
    ['b', null],
  ])
})

test('of rework the least is the best', () => {
  expect(shown(rankBy([row('a', 0.5, 'sentBack'), row('b', 0, 'sentBack')], 'sentBack'))).toEqual([
    ['b', 1],
    ['a', 2],
  ])
})
