import { jointEvent } from '@linli/contract/workflows/joint-event'
import { describe, expect, it } from 'vitest'
import { follow, HOUR, markDue, openLedger, playerOf, tryMove, write, type Ledger } from '../../../test/support/engine.ts'
import { findMove } from '@linli/contract/workflow'
import { runningOf } from './model.ts'
import { waitingOf } from './rules.ts'
import { SYSTEM } from '../../platform/rights/actor.ts'

const DISPATCHED = ['file', 'dispatch'] as const
const HANDLING = [...DISPATCHED, 'accept'] as const
const CLOSED = [...HANDLING, 'handle', 'check', 'close'] as const
const YEAR = 365 * 24 * HOUR

const at = (moves: readonly (string | readonly [string, object])[]): Ledger => follow(jointEvent, openLedger(jointEvent), moves)
const endOf = ({ state }: Ledger) => state.acts.at(-1)?.at.getTime() ?? 0
/** The case as it is after the clocks have been looked at for a year. */
const muchLater = (ledger: Ledger): Ledger => {
  let now = ledger
  for (let look = 1; look <= 12; look++) now = markDue(jointEvent, now, endOf(ledger) + (look * YEAR) / 12)
  return now
}
const marks = ({ lines }: Ledger) => lines.filter((line) => line.move === 'overdue').map((line) => line.reasonCode)

describe('recorded failures of other engines (peers §1.19)', () => {
  it('chatwoot #10178: no clock counts on after the end, whatever was asked of others before', () => {
    const asked = [...HANDLING, ['whistle', { targets: ['roads', 'district'] }], ['report-in', {}], 'handle', 'check', 'close'] as const
    for (const ledger of [at(CLOSED), at(asked), at(['void']), at([...DISPATCHED, 'recall', 'void'])]) {
      expect(ledger.state.running).toEqual([])
      expect(muchLater(ledger).lines).toEqual(ledger.lines)
    }
    // Who was called and cannot come any more is not recorded as late; who blew the whistle may still say how it was.
    const closed = at(asked)
    expect(closed.state.strands.map((strand) => [strand.state, strand.open, strand.overdueAt])).toEqual([
      ['arrived', true, null],
      ['called', true, null],
    ])
    expect(waitingOf(jointEvent, closed.state)).toContain('unit:water/cases.whistle')
  })

  it('chatwoot #10178: a part that nobody can bring to an end any more ends with the case', () => {
    const linked = at(['file', ['dispatch', { targets: ['roads'] }], 'link', 'close-linked'])
    expect(linked.state).toMatchObject({ state: 'closed', running: [], paused: [], strands: [{ kind: 'coHandle', state: 'asked', open: false }] })
    expect(linked.state.strands[0]?.endedAt).toEqual(linked.state.closedAt)
    const again = follow(jointEvent, linked, ['not-fixed', 'accept'])
    expect(
      tryMove(jointEvent, again, 'co-done', playerOf(findMove(jointEvent, 'co-done') ?? fail(), again, '3.0'), { note: 'x' }, endOf(again)),
    ).toBeUndefined()
    expect(follow(jointEvent, again, ['handle']).state.state).toBe('handled')
  })

  it('zammad #904: a linked case does not escalate, and has afterwards what was left before', () => {
    const before = at(['file'])
    const dispatch = runningOf(before.state, 'dispatch')
    const linked = follow(jointEvent, before, ['link'])
    expect(linked.state.running.map((clock) => clock.stage)).toEqual(['answer'])
    const later = write(jointEvent, linked, { move: 'note', actor: SYSTEM, reasonCode: null, facts: {}, words: {} }, endOf(linked) + 3 * HOUR)
    expect(marks(later)).toEqual([])
    const parted = follow(jointEvent, later, ['unlink'])
    const [left, had] = [Date.parse(runningOf(parted.state, 'dispatch')?.dueAt ?? '') - endOf(parted), Date.parse(dispatch?.dueAt ?? '') - endOf(linked)]
    expect(left).toBe(had)
    expect(parted.state).toMatchObject({ state: 'filed', linkedTo: null, filedAt: before.state.filedAt })
  })

  it('zammad #3140: who has taken up late is not told of to the next level afterwards', () => {
    const dispatched = at(DISPATCHED)
    const late = markDue(jointEvent, dispatched, endOf(dispatched) + 4 * HOUR)
    expect(marks(late)).toEqual(['takeUp'])
    expect(runningOf(late.state, 'raise')).toBeDefined()
    const taken = follow(jointEvent, late, ['accept'])
    expect(taken.state).toMatchObject({ raised: null, overdue: false })
    expect(taken.state.running.map((clock) => clock.stage)).toEqual(['handle'])
    const done = follow(jointEvent, taken, ['handle'])
    expect(muchLater(done).lines.filter((line) => line.move === 'raise')).toEqual([])
  })

  it('zammad #3140: a ruling for another owner ends the ladder of the old one, and the new one has its own', () => {
    const handling = at(HANDLING)
    const late = markDue(jointEvent, handling, endOf(handling) + 30 * HOUR)
    expect(runningOf(late.state, 'raise')).toBeDefined()
    const ruled = follow(jointEvent, late, ['refuse', ['uphold-refusal', { owner: 'roads' }]])
    expect(ruled.state).toMatchObject({ owner: 'roads', raised: null, overdue: false })
    expect(runningOf(ruled.state, 'raise')).toBeUndefined()
    const again = markDue(jointEvent, ruled, endOf(ruled) + 30 * HOUR)
    expect(runningOf(again.state, 'raise')).toBeDefined()
  })

  it('tells every level once, stops at the top and is then looked at no more', () => {
    const handling = at(HANDLING)
    let now = handling
    for (let hour = 25; hour < 200; hour++) now = markDue(jointEvent, now, endOf(handling) + hour * HOUR)
    expect(now.lines.flatMap((line) => line.facts.raised ?? [])).toEqual([
      { to: 'district', level: 1 },
      { to: 'command', level: 2 },
    ])
    expect(now.state.running.map((clock) => clock.stage)).toEqual(['handle'])
    // The owner meanwhile is the top itself: one line says that the ladder ends.
    const raised = markDue(jointEvent, handling, endOf(handling) + 30 * HOUR)
    const top = follow(jointEvent, raised, ['escalate', 'accept', 'escalate', 'accept'])
    expect(top.state.owner).toBe('command')
    const told = markDue(jointEvent, top, endOf(top) + 30 * HOUR)
    expect(told.lines.at(-1)).toMatchObject({ move: 'raise', facts: {} })
    expect(markDue(jointEvent, told, endOf(told) + YEAR).lines).toEqual(told.lines)
  })

  it('goes on telling after a pause of a case that was late before it', () => {
    const handling = at(HANDLING)
    const late = markDue(jointEvent, handling, endOf(handling) + 30 * HOUR)
    const resumed = follow(jointEvent, late, ['pause', 'resume'])
    expect(runningOf(resumed.state, 'handle')?.overdueAt).toEqual(runningOf(late.state, 'handle')?.overdueAt)
    expect(runningOf(resumed.state, 'raise')).toBeDefined()
  })

  it('zammad #5177: the clock of one never overrides that of another', () => {
    const handling = at(HANDLING)
    const handle = runningOf(handling.state, 'handle')
    const busy = follow(jointEvent, handling, [
      ['whistle', { targets: ['roads', 'district'] }],
      ['add-co-handlers', { targets: ['roads'] }],
      ['supervise', { targets: ['water'], limit: { clock: 'urgentHour', amount: 1 } }],
      ['ask-extension', { limit: { clock: 'urgentHour', amount: 5 } }],
    ])
    const due = Object.fromEntries(busy.state.running.map((clock) => [`${clock.stage}/${clock.strand ?? ''}`, clock.dueAt]))
    expect(Object.keys(due)).toHaveLength(6)
    const came = follow(jointEvent, busy, [['report-in', { strand: '5.0' }], 'supervise-reply', 'co-done', 'deny-extension'])
    expect(runningOf(came.state, 'handle')).toEqual(handle)
    expect(came.state.running.map((clock) => `${clock.stage}/${clock.strand ?? ''}`).toSorted()).toEqual(['handle/', 'reportIn/5.1'])
    expect(runningOf(came.state, 'reportIn', '5.1')?.dueAt).toBe(due['reportIn/5.1'])
  })

  it('zammad #5177: that others are late does not make the lead late', () => {
    const handling = follow(jointEvent, at(HANDLING), [
      ['whistle', { targets: ['roads'] }],
      ['ask-extension', { limit: { clock: 'urgentHour', amount: 5 } }],
    ])
    const late = markDue(jointEvent, handling, endOf(handling) + 13 * HOUR)
    expect(marks(late)).toEqual(['approve', 'reportIn'])
    expect(late.state.strands.map((strand) => strand.overdueAt !== null)).toEqual([true, true])
    expect(late.state).toMatchObject({ overdue: false, lateOwners: [] })
    expect(follow(jointEvent, late, ['handle']).state.handledOnTime).toBe(true)
  })

  it('fixmystreet #897: “not fixed” on a case that was closed with another reaches the unit that put that one right', () => {
    const linked = at(['link', 'close-linked'])
    expect(linked.state.owner).toBe('roads')
    const reopened = follow(jointEvent, linked, ['not-fixed'])
    expect(waitingOf(jointEvent, reopened.state)).toEqual(['unit:roads/cases.accept'])
  })

  it('DIGIT: the window for “not fixed” is one rule, to the millisecond, and no other move gets around it', () => {
    const closed = at(CLOSED)
    const end = endOf(closed) + 15 * 24 * HOUR
    const says = (move: string, when: number) => {
      const found = findMove(jointEvent, move)
      return (
        found &&
        tryMove(jointEvent, closed, move, playerOf(found, closed, undefined), { rating: 'dissatisfied', fixed: false, report: 'r' }, when) !== undefined
      )
    }
    for (const move of ['not-fixed', 'rate']) {
      expect(says(move, end), move).toBe(true)
      expect(says(move, end + 1), move).toBe(false)
    }
  })
})

function fail(): never {
  throw new Error('no such move')
}
