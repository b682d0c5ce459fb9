import { describe, expect, it } from 'vitest'
import { actObjection, carriedState, countsAt, isCorrectable, shares, unsettledState } from './rules.ts'

const HOUR = 3_600_000
const period = { startsAt: 0, dueAt: 24 * HOUR, closesAt: 72 * HOUR }

describe('rules of duties', () => {
  it.each([
    [0, 'open'],
    [24 * HOUR - 1, 'open'],
    [24 * HOUR, 'overdue'],
    [72 * HOUR - 1, 'overdue'],
    [72 * HOUR, 'missed'],
  ])('at %d an unsettled duty is %s', (now, state) => expect(unsettledState(period, now)).toBe(state))

  it('believe a telephone for two days, and never a time ahead', () => {
    expect(countsAt(10 * HOUR, 58 * HOUR)).toBe(10 * HOUR)
    expect(countsAt(10 * HOUR, 58 * HOUR + 1)).toBe(58 * HOUR + 1)
    expect(countsAt(11 * HOUR, 10 * HOUR)).toBe(10 * HOUR)
  })

  it.each([
    ['in its period', 5 * HOUR, 6 * HOUR, undefined],
    ['in its period, heard of after it was closed', 23 * HOUR, 71 * HOUR, undefined],
    ['too old to be believed', 1 * HOUR, 73 * HOUR, 'DUTY_NOT_OPEN'],
    ['before it began', -1, 1, 'DUTY_NOT_OPEN'],
    ['after its grace', 72 * HOUR, 72 * HOUR, 'DUTY_NOT_OPEN'],
    ['by a clock that runs a little ahead', 6 * HOUR + 60_000, 6 * HOUR, undefined],
    ['by a clock that runs far ahead', 7 * HOUR, 6 * HOUR, 'DUTY_TIME_INVALID'],
  ])('judge an act made %s', (_when, madeAt, receivedAt, objection) => expect(actObjection(period, madeAt, receivedAt)).toBe(objection))

  it('let only the own act be taken back, within a day', () => {
    const entry = { kind: 'do', personId: 'a', receivedAt: new Date(0) }
    expect(isCorrectable(entry, 'a', 24 * HOUR)).toBe(true)
    expect(isCorrectable(entry, 'a', 24 * HOUR + 1)).toBe(false)
    expect(isCorrectable(entry, 'b', 0)).toBe(false)
    expect(isCorrectable({ ...entry, kind: 'carry' }, 'a', 0)).toBe(false)
    expect(isCorrectable({ ...entry, kind: 'correct' }, 'a', 0)).toBe(false)
  })

  it.each([
    [[], undefined],
    [['done', undefined], undefined],
    [['done', 'done'], 'done'],
    [['done', 'excused'], 'done'],
    [['late', 'done'], 'late'],
    [['excused', 'excused'], 'excused'],
  ] as const)('carry %j over as %s', (states, carried) => expect(carriedState(states)).toBe(carried))

  it('have no share where nothing was due but what was excused', () => {
    expect(shares({ due: 3, excused: 3, done: 0, late: 0 })).toEqual({ carriedOut: null, onTime: null })
    expect(shares({ due: 5, excused: 1, done: 2, late: 1 })).toEqual({ carriedOut: 0.75, onTime: 0.5 })
  })
})
