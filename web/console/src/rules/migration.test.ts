import { expect, test } from 'vitest'
import { choicesOf, keyOfRow } from './migration.ts'

const condition = (from: number, to: number | null) => ({ from, to, openCases: 1, filing: '', limitBefore: '', limitAfter: null, how: 'changed' as const })
const row = (matterKey: string, ...conditions: ReturnType<typeof condition>[]) => ({
  matterKey,
  matterName: matterKey,
  fromEdition: 1,
  openCases: 2,
  unfiled: 0,
  how: 'changed' as const,
  conditions,
  fields: [],
})

test('only chosen matters move, by the rows proposed or chosen, and a row without a successor stays', () => {
  const rows = [row('a', condition(1, 1), condition(2, null), condition(3, null)), row('b', condition(1, 1))]
  expect(choicesOf(rows, [keyOfRow({ matterKey: 'a', fromEdition: 1 })], { 'a 1 3': 2 })).toEqual([
    {
      matterKey: 'a',
      fromEdition: 1,
      rowMap: [
        { from: 1, to: 1 },
        { from: 3, to: 2 },
      ],
    },
  ])
  expect(choicesOf(rows, [], {})).toEqual([])
})
