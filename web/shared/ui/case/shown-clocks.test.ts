import { expect, test } from 'vitest'
import { clockOfStrand, shownClocks } from './shown-clocks.ts'
import type { Deadline } from './types.ts'

const row = (stage: string, startedSeq: number, more: Partial<Deadline> = {}): Deadline => ({
  stage,
  strand: null,
  startedSeq,
  clock: 'workDay',
  amount: 3,
  startedAt: `t${startedSeq}`,
  dueAt: 't9',
  provisional: false,
  stoppedAt: null,
  paused: false,
  overdueAt: null,
  ...more,
})
const shown = (rows: Deadline[]) => shownClocks(rows).map(({ stage, startedSeq }) => [stage, startedSeq])

test('a clock that was paused or lengthened is one clock, and a new one of the same stage is another', () => {
  expect(shown([row('handle', 1, { stoppedAt: 't2', paused: true }), row('handle', 3)])).toEqual([['handle', 3]])
  expect(shown([row('handle', 1, { stoppedAt: 't2' }), row('handle', 2)])).toEqual([['handle', 2]])
  expect(shown([row('handle', 1, { stoppedAt: 't2' }), row('handle', 5)])).toEqual([
    ['handle', 1],
    ['handle', 5],
  ])
  expect(shown([row('handle', 1, { stoppedAt: 't2', paused: true })])).toEqual([['handle', 1]])
})

test('clocks of strands stand with their strand, and the ladder of an overdue case is no limit', () => {
  const rows = [row('raise', 1), row('reportIn', 2, { strand: '2.0' }), row('reportIn', 3, { strand: '3.0' })]
  expect(shown(rows)).toEqual([])
  expect([clockOfStrand(rows, '3.0')?.startedSeq, clockOfStrand(rows, '4.0')]).toEqual([3, undefined])
})
