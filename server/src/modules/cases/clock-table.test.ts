import { STAGES, type Stage } from '@linli/contract/workflow'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import { beforeAll, describe, expect, it } from 'vitest'
import { CLOCKS, LADDER_ENDS, LADDER_RETURNS, OF_STRANDS } from '../../../test/support/clock-table.ts'
import { clockName, everything, LADDER, openLedger, playerOf, PORTS, START, tryMove, write, type Ledger } from '../../../test/support/engine.ts'
import { LEGAL, MOVES, STATES } from '../../../test/support/legal-moves.ts'
import { dueMoves } from './due-moves.ts'
import type { CaseState, PausedDeadline, RunningDeadline } from './model.ts'

interface Crossing {
  readonly event: string
  /** What the event was about: the strand that it turned, the clock that it marked. */
  readonly about: string | undefined
  readonly before: CaseState
  readonly after: CaseState
}
type Clock = RunningDeadline | PausedDeadline

const has = (list: string | undefined, event: string) => list !== undefined && list.split(' ').includes(event)
const late = ({ running, paused }: CaseState) => [...running, ...paused].some((clock) => ['handle', 'takeUp'].includes(clock.stage) && clock.overdueAt !== null)

/** What tells two situations of a case apart for its clocks; how they came about does not. */
function faceOf({ state, linkedIn, running, paused, strands, raised, ruled, handledOnTime }: CaseState): string {
  const clock = (one: Clock) => `${one.stage}${one.overdueAt === null ? '' : '!'}`
  const open = strands.filter((strand) => strand.open).map((strand) => `${strand.kind}:${strand.state}`)
  return [state, linkedIn, running.map(clock).sort(), paused.map(clock).sort(), open.sort(), raised?.level, ruled, handledOnTime === false].join('|')
}

/** Every event that is legal now, made. */
function* crossingsOf(ledger: Ledger): Generator<{ about: string | undefined; event: string; next: Ledger }> {
  const { state } = ledger
  const at = START + (state.seq + 1) * 60_000
  const ended = ['closed', 'evaluated', 'voided'].includes(state.state)
  for (const move of jointEvent.moves) {
    if (['report', 'overdue', 'raise', 'auto-resume'].includes(move.id)) continue
    const from = move.strand?.from
    const begins = move.strand !== undefined && from === undefined
    // One open strand at a time; what two of them do to each other is another test.
    if (begins && move.id !== 'dispatch' && state.strands.some((strand) => strand.open)) continue
    for (const strand of from ? state.strands.filter((one) => one.kind === move.strand?.kind && from.includes(one.state)) : [undefined])
      for (const targets of move.id === 'dispatch' && !state.strands.some((one) => one.open) ? [undefined, ['roads']] : [undefined]) {
        const input = {
          ...everything(move, at, { unit: state.owner === 'water' ? 'roads' : 'water', arrived: strand?.state === 'arrived' }),
          strand: strand?.key,
        }
        const next = tryMove(jointEvent, ledger, move.id, playerOf(move, ledger, strand?.key), targets ? { ...input, targets } : input, at)
        if (next) yield { event: move.id, about: strand?.key, next }
      }
  }
  for (const clock of state.running.filter((one) => one.overdueAt === null)) {
    // A closed case may be marked for what still waits; a tired reader need not see each such mark again.
    if (ended && clock.strand === undefined) continue
    for (const decided of dueMoves(PORTS, jointEvent, { ...state, running: [clock] }, Number.MAX_SAFE_INTEGER))
      yield { event: decided.move, about: clockName(clock), next: write(jointEvent, ledger, decided, at) }
  }
}

/** Every situation that can be reached, each with every event that is legal in it. */
function explore(): Crossing[] {
  const first = openLedger(jointEvent)
  const seen = new Set([faceOf(first.state)])
  const waiting = [first]
  const found: Crossing[] = []
  for (let ledger = waiting.shift(); ledger; ledger = waiting.shift())
    for (const { event, about, next } of crossingsOf(ledger)) {
      found.push({ event, about, before: ledger.state, after: next.state })
      const face = faceOf(next.state)
      if (seen.has(face)) continue
      seen.add(face)
      waiting.push(next)
    }
  return found
}

const find = <T extends Clock>(clocks: readonly T[], name: string) => clocks.find((clock) => clockName(clock) === name)
const same = (one: Clock, other: Clock, marked: boolean) => {
  const { overdueAt: _one, ...left } = one
  const { overdueAt: other_, ...right } = other
  return JSON.stringify(left) === JSON.stringify(right) && (marked ? one.overdueAt === null && other_ !== null : one.overdueAt === other_)
}

/** What happened to a clock, in the words of the table. */
function effectOf(name: string, { before, after }: Crossing): string {
  const ran = find(before.running, name)
  const stood = find(before.paused, name)
  const runs = find(after.running, name)
  const stands = find(after.paused, name)
  if (runs && ran && same(ran, runs, false)) return 'runs on'
  if (runs && ran && same(ran, runs, true)) return 'is marked'
  if (runs && ran && runs.left !== undefined && runs.amount > ran.amount) return 'is extended'
  if (runs && stood && runs.left === stood.left && runs.amount === stood.amount && runs.overdueAt === stood.overdueAt) return 'resumes'
  if (runs && runs.left === undefined && runs.startedAt === after.acts.at(-1)?.at && runs.overdueAt === null) return 'starts'
  if (stands && ran && stands.dueAt === ran.dueAt && stands.overdueAt === ran.overdueAt) return 'stands still'
  if (stands && stood && JSON.stringify(stands) === JSON.stringify(stood)) return 'stands on'
  if (!runs && !stands) return ran || stood ? 'stops' : 'is not there'
  return 'does what no table says'
}

/** What the table says of it. */
function expectedOf(name: string, crossing: Crossing, table = CLOCKS): string {
  const { event, about, before } = crossing
  const [stage, strand] = name.split('/') as [Stage, string | undefined]
  const ran = find(before.running, name)
  const stood = find(before.paused, name)
  if (stage === 'raise') return ladderOf(crossing)
  const line = table[stage]
  const itself = strand === undefined || strand === about || has('close close-linked void auto-reject', event)
  if (event === 'overdue') return about === name && ran ? 'is marked' : ran ? 'runs on' : stood ? 'stands on' : 'is not there'
  if (has(line.starts, event) && starts(name, stage, strand, crossing)) return 'starts'
  if (ran && has(line.pauses, event)) return 'stands still'
  if (ran && has(line.extends, event)) return 'is extended'
  if (stood && has(line.resumes, event)) return 'resumes'
  if ((ran || stood) && itself && has(line.stops, event)) return 'stops'
  return ran ? 'runs on' : stood ? 'stands on' : 'is not there'
}

function starts(name: string, stage: Exclude<Stage, 'raise'>, strand: string | undefined, { about, before, after }: Crossing): boolean {
  if (stage === 'answer') return find(before.running, 'handle') === undefined
  if (!OF_STRANDS.includes(stage)) return true
  // A strand that the event itself began, or turned.
  return (
    strand === about || (!before.strands.some(({ key }) => key === strand) && after.strands.some(({ key }) => key === strand) && name === `${stage}/${strand}`)
  )
}

function ladderOf({ event, about, before, after }: Crossing): string {
  const ran = find(before.running, 'raise')
  const above = (unit: string | null | undefined) => unit !== null && unit !== undefined && PORTS.superiorOf(unit) !== null
  if (event === 'raise') return about === 'raise' && above(after.raised?.to) && LADDER[after.raised?.level ?? 0] !== undefined ? 'starts' : 'stops'
  if (ran) return has(LADDER_ENDS, event) || !late(after) ? 'stops' : 'runs on'
  const begins = (event === 'overdue' && (about === 'handle' || about === 'takeUp')) || (has(LADDER_RETURNS, event) && resumesLate(before, event))
  return begins && before.raised === null && above(before.owner) ? 'starts' : 'is not there'
}
const resumesLate = ({ paused }: CaseState, event: string) =>
  paused.some(({ stage, overdueAt }) => (stage === 'handle' || stage === 'takeUp') && overdueAt !== null && has(CLOCKS[stage].resumes, event))

describe('the table clock × event', () => {
  let crossings: Crossing[]
  beforeAll(() => {
    crossings = explore()
  }, 180_000)

  it('is walked from every state by every move that is legal in it, with every clock running, late, standing still or absent', () => {
    const made = new Set(crossings.map(({ event, before }) => `${before.state} ${event}`))
    const missed = LEGAL.filter(({ from, move }) => from !== '' && !['raise', 'overdue'].includes(move) && !made.has(`${from} ${move}`))
    // Work is done when every part is: no open part can be met behind it.
    const beyond = ['co-done', 'co-decline', 'co-release'].flatMap((move) => [`handled ${move}`, `checked ${move}`])
    expect(missed.map(({ from, move }) => `${from} ${move}`)).toEqual(beyond)
    expect(MOVES.filter((move) => move !== 'report' && !crossings.some(({ event }) => event === move))).toEqual([])
    expect(STATES.map(([state]) => state).filter((state) => !crossings.some(({ before }) => before.state === state))).toEqual([])
    for (const stage of STAGES) {
      expect(
        crossings.some(({ before }) => before.running.some((clock) => clock.stage === stage && clock.overdueAt === null)),
        `${stage} runs`,
      ).toBe(true)
      if (jointEvent.onDue[stage] === undefined)
        expect(
          crossings.some(({ before }) => before.running.some((clock) => clock.stage === stage && clock.overdueAt !== null)),
          `${stage} late`,
        ).toBe(true)
    }
    expect(crossings.length).toBeGreaterThan(10_000)
  })

  /** What the engine does and the table does not say, each with how often. */
  const wrongIn = (stage: Stage, among: readonly Crossing[], table = CLOCKS): Record<string, number> => {
    const wrong: Record<string, number> = {}
    for (const crossing of among) {
      const all = [...crossing.before.running, ...crossing.before.paused, ...crossing.after.running, ...crossing.after.paused]
      const names = new Set(all.filter((clock) => clock.stage === stage).map(clockName))
      if (!OF_STRANDS.includes(stage)) names.add(stage)
      for (const name of names) {
        const [is, ought] = [effectOf(name, crossing), expectedOf(name, crossing, table)]
        const what = `${crossing.event} in ${crossing.before.state}: ${stage} ${is}, and ought to be: ${ought}`
        if (is !== ought) wrong[what] = (wrong[what] ?? 0) + 1
      }
    }
    return wrong
  }

  it.each(STAGES)('says of %s what the engine does', (stage) => {
    expect(wrongIn(stage, crossings)).toEqual({})
  })

  it.each(STAGES.filter((stage) => stage !== 'raise'))('says no word of %s that the engine would not miss', (stage) => {
    const line = CLOCKS[stage]
    // The report itself opened the case before the first crossing.
    for (const [key, events] of Object.entries(line) as [keyof typeof line, string][])
      for (const event of events.split(' ').filter((one) => one !== 'report')) {
        const table = { ...CLOCKS, [stage]: { ...line, [key]: events.replaceAll(new RegExp(`(^| )${event}( |$)`, 'g'), ' ') } }
        const made = crossings.filter((crossing) => crossing.event === event)
        expect(Object.keys(wrongIn(stage, made, table)).length, `${stage} ${key} ${event}`).toBeGreaterThan(0)
      }
  })

  it('names only events that exist', () => {
    const named = [...Object.values(CLOCKS).flatMap((line) => Object.values(line).map(String)), LADDER_ENDS, LADDER_RETURNS].join(' ').split(' ')
    expect(named.filter((event) => !MOVES.includes(event))).toEqual([])
  })
})
