import { describe, expect, it } from 'vitest'
import { madeAtOf, ready, verdictOf, waitAfter } from './rules.ts'
import type { Entry } from './types.ts'

const HOUR = 3_600_000
const entry = (id: string, n: number, more: Partial<Entry> = {}): Entry => ({
  id,
  n,
  personId: 'p',
  lane: id,
  title: id,
  act: { kind: 'shiftOn' },
  photos: [],
  stamp: { deviceAt: 0, offsetMs: 0, notBefore: 0 },
  body: null,
  tries: 0,
  nextAt: 0,
  photosAgain: false,
  rejection: null,
  ...more,
})
const REFUSED = { code: 'SEQ_STALE', pointers: [], seq: 3 }

describe('what may be sent', () => {
  it('goes in the order in which it was done, one of each lane', () => {
    const entries = [entry('c', 3, { lane: 'case' }), entry('a', 1, { lane: 'case' }), entry('b', 2)]
    expect(ready(entries, 'p', 0).map((each) => each.id)).toEqual(['a', 'b'])
  })

  it('waits behind what was refused or must wait in its lane, and for nobody else', () => {
    const entries = [entry('a', 1, { lane: 'case', rejection: REFUSED }), entry('b', 2, { lane: 'case' }), entry('c', 3, { nextAt: 10 }), entry('d', 4)]
    expect(ready(entries, 'p', 5).map((each) => each.id)).toEqual(['d'])
  })

  it('is one’s own alone', () => {
    expect(ready([entry('a', 1, { personId: 'q' })], 'p', 0)).toEqual([])
  })
})

describe('how long to wait', () => {
  it('doubles up to five minutes and is spread', () => {
    expect([0, 1, 2, 20].map((tries) => waitAfter(tries, 1))).toEqual([2_000, 4_000, 8_000, 300_000])
    expect(waitAfter(3, 0)).toBe(8_000)
  })
})

describe('when something was done', () => {
  const heard = Date.parse('2026-11-18T02:00:00Z')
  const now = heard + 4 * HOUR

  it('is what a right clock says, and what a clock that was always wrong says with the difference known', () => {
    expect(madeAtOf({ deviceAt: heard + HOUR, offsetMs: 0, notBefore: heard }, 0, now)).toBe(heard + HOUR)
    expect(madeAtOf({ deviceAt: heard + HOUR - 72 * HOUR, offsetMs: 72 * HOUR, notBefore: heard }, 72 * HOUR, now)).toBe(heard + HOUR)
  })

  it('is put right where the clock was changed without a network', () => {
    expect(madeAtOf({ deviceAt: heard + HOUR + 72 * HOUR, offsetMs: 0, notBefore: heard }, -72 * HOUR, now)).toBe(heard + HOUR)
    expect(madeAtOf({ deviceAt: heard + HOUR - 72 * HOUR, offsetMs: 0, notBefore: heard }, 72 * HOUR, now)).toBe(heard + HOUR)
  })

  it('never lies ahead of now or before the last word of the server', () => {
    expect(madeAtOf({ deviceAt: heard + 900 * HOUR, offsetMs: 0, notBefore: heard }, 0, now)).toBe(now)
    expect(madeAtOf({ deviceAt: 0, offsetMs: 0, notBefore: heard }, 0, now)).toBe(heard)
  })
})

describe('a failure', () => {
  it.each([
    ['CONNECTION_LOST', 0, true, 'later'],
    ['OVERLOADED', 503, true, 'later'],
    ['RATE_LIMITED', 429, true, 'later'],
    ['ANSWER_UNREADABLE', 200, true, 'later'],
    ['SESSION_MISSING', 401, true, 'signIn'],
    ['PERMISSION_MISSING', 403, false, 'signIn'],
    ['PERMISSION_MISSING', 403, true, 'refused'],
    ['BLOB_UNKNOWN', 422, true, 'photosAgain'],
    ['SEQ_STALE', 412, true, 'refused'],
    ['DUTY_SETTLED', 409, true, 'refused'],
  ] as const)('%s (%d) with a session %s is %s', (code, status, signedIn, verdict) => {
    expect(verdictOf({ code, status }, signedIn)).toBe(verdict)
  })
})
