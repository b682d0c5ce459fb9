import { describe, expect, test } from 'vitest'
import { forget, hear, NOTHING_HEARD } from './heard.ts'
import { MOST_PINS, movePins, type Moved } from './moved.ts'

const moved = (n: number, more: Partial<Moved> = {}): Moved => ({
  id: `case-${n}`,
  number: `N${n}`,
  seq: 1,
  move: 'report',
  areaPath: '990100.990101',
  lon: 113,
  lat: 32,
  matterName: null,
  state: 'reported',
  step: 'report',
  overdue: false,
  at: new Date(1_000 * n).toISOString(),
  ...more,
})
const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => moved(from + n))

describe('what the screen heard', () => {
  test('is counted to the last event, also those that it cannot read, and stays as small as it was', () => {
    let heard = NOTHING_HEARD
    for (let round = 0; round < 50; round += 1) heard = hear(heard, [...many(1_000, round * 1_000), undefined], round)
    expect([heard.count, heard.strange]).toEqual([50_050, 50])
    expect(heard.latest).toHaveLength(60)
    expect(heard.latest[0]?.id).toBe('case-49999')
    expect(heard.fresh.size).toBe(200)
  })

  test('marks a case that moved for some seconds, from its last move', () => {
    const first = hear(NOTHING_HEARD, [moved(1)], 0)
    const again = hear(first, [moved(1)], 4_000)
    expect(forget(again, 9_000)).toBe(again)
    expect(forget(again, 10_000).fresh.size).toBe(0)
  })
})

describe('the pins of a screen that runs for days', () => {
  const day = 86_400_000
  const pins = { rows: [], complete: true }

  test('are the last state of each case, whatever the size of the batches', () => {
    const moves = [moved(1), moved(2), moved(1, { seq: 2, state: 'filed', step: 'file' })]
    const atOnce = movePins(pins, moves, 5_000)
    const oneByOne = moves.reduce((before, one) => movePins(before, [one], 5_000), pins as Parameters<typeof movePins>[0])
    expect(atOnce.rows.map(({ id, state }) => [id, state]).toSorted()).toEqual([
      ['case-1', 'filed'],
      ['case-2', 'reported'],
    ])
    expect(oneByOne.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(atOnce.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  })

  test('never grow beyond their number, open ones and the newest first, and say that they are not all', () => {
    const open = movePins(pins, many(MOST_PINS), 0)
    const ended = movePins(open, [moved(-1, { state: 'evaluated', step: 'evaluate' })], 0)
    expect(ended.rows).toHaveLength(MOST_PINS)
    expect(ended.complete).toBe(false)
    expect(ended.rows.some(({ state }) => state === 'evaluated')).toBe(false)
    expect(movePins(ended, many(10, MOST_PINS), 0).rows[0]?.id).toBe(`case-${MOST_PINS + 9}`)
  })

  test('lose what ended a day ago', () => {
    const ended = movePins(pins, [moved(0, { state: 'evaluated', step: 'evaluate' })], 1)
    expect(ended.rows).toHaveLength(1)
    expect(movePins(ended, [moved(2, { at: new Date(day + 1).toISOString() })], day + 1).rows.map(({ id }) => id)).toEqual(['case-2'])
  })
})
