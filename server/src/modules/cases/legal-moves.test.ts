import { jointEvent } from '@linli/contract/workflows/joint-event'
import { NEEDS, STAGES, STEPS, type Move, type MoveKind, type Need, type Party, type Stage, type Workflow } from '@linli/contract/workflow'
import { describe, expect, it } from 'vitest'
import { clockOf, compareWorkflow, LEGAL, STATES } from '../../../test/support/legal-moves.ts'

interface Mutant {
  readonly what: string
  readonly workflow: Workflow
}

const PARTIES: readonly Party[] = ['reporter', 'acceptor', 'verifier', 'dispatcher', 'lead', 'checker', 'evaluator', 'supervisor', 'system']
const KINDS: readonly MoveKind[] = ['forward', 'back', 'void', 'reopen', 'note']
const without = <T>(list: readonly T[], item: T) => list.filter((other) => other !== item)

function changed(index: number, what: string, change: (move: Move) => Move): Mutant {
  return {
    what: `${jointEvent.moves[index]?.id ?? ''}: ${what}`,
    workflow: { ...jointEvent, moves: jointEvent.moves.map((move, at) => (at === index ? change(move) : move)) },
  }
}

function withoutKey<K extends 'to' | 'permission' | 'receivers' | 'reasons'>(move: Move, key: K): Move {
  return Object.fromEntries(Object.entries(move).filter(([name]) => name !== key)) as unknown as Move
}

/** Every single change to one line that keeps its shape. */
function mutantsOfMove(move: Move, index: number): Mutant[] {
  const states = Object.keys(jointEvent.states)
  const all = (what: string, list: readonly string[], make: (item: string) => (move: Move) => Move) =>
    list.map((item) => changed(index, `${what} ${item}`, make(item)))
  return [
    { what: `${move.id}: removed`, workflow: { ...jointEvent, moves: jointEvent.moves.filter((_, at) => at !== index) } },
    changed(index, 'renamed', (own) => ({ ...own, id: `${own.id}-now` })),
    ...all('from drops', move.from, (state) => (own) => ({ ...own, from: without(own.from, state) })),
    ...all(
      'from adds',
      states.filter((state) => !move.from.includes(state)),
      (state) => (own) => ({ ...own, from: [...own.from, state] }),
    ),
    ...all(
      'to becomes',
      states.filter((state) => state !== move.to),
      (state) => (own) => ({ ...own, to: state }),
    ),
    ...(move.to === undefined ? [] : [changed(index, 'to is lost', (own) => withoutKey(own, 'to'))]),
    ...all('kind becomes', without(KINDS, move.kind), (kind) => (own) => ({ ...own, kind: kind as MoveKind })),
    ...all('party becomes', without(PARTIES, move.party), (party) => (own) => ({ ...own, party: party as Party })),
    ...(move.permission === undefined
      ? [changed(index, 'permission appears', (own) => ({ ...own, permission: 'cases.read' }))]
      : [
          changed(index, 'permission is lost', (own) => withoutKey(own, 'permission')),
          changed(index, 'permission becomes another', (own) => ({ ...own, permission: 'cases.read' })),
        ]),
    ...all('needs drops', move.needs, (need) => (own) => ({ ...own, needs: without(own.needs, need as Need) })),
    ...all(
      'needs adds',
      NEEDS.filter((need) => !move.needs.includes(need)),
      (need) => (own) => ({ ...own, needs: [...own.needs, need as Need] }),
    ),
    ...(['starts', 'stops'] as const).flatMap((key) => [
      ...all(`${key} drops`, move[key], (stage) => (own) => ({ ...own, [key]: without(own[key], stage as Stage) })),
      ...all(
        `${key} adds`,
        STAGES.filter((stage) => !move[key].includes(stage)),
        (stage) => (own) => ({ ...own, [key]: [...own[key], stage] }),
      ),
    ]),
    ...(['receivers', 'reasons'] as const).flatMap((key) => [
      ...(move[key] === undefined
        ? [changed(index, `${key} appears`, (own) => ({ ...own, [key]: ['file'] }))]
        : [
            changed(index, `${key} is lost`, (own) => withoutKey(own, key)),
            changed(index, `${key} grows`, (own) => ({ ...own, [key]: [...(own[key] ?? []), 'other'] })),
          ]),
      ...all(`${key} drops`, move[key] ?? [], (item) => (own) => ({ ...own, [key]: without(own[key] ?? [], item) })),
    ]),
  ]
}

function mutantsOfStates(): Mutant[] {
  return Object.entries(jointEvent.states).flatMap(([name, state]) => {
    const { [name]: _gone, ...others } = jointEvent.states
    return [
      { what: `${name}: removed`, workflow: { ...jointEvent, states: others } },
      {
        what: `${name}: final turned`,
        workflow: { ...jointEvent, states: { ...jointEvent.states, [name]: state.final ? { step: state.step } : { step: state.step, final: true as const } } },
      },
      ...without(STEPS, state.step).map((step) => ({
        what: `${name}: step ${step}`,
        workflow: { ...jointEvent, states: { ...jointEvent.states, [name]: { ...state, step } } },
      })),
    ]
  })
}

describe('the workflow joint-event', () => {
  it('says line by line what the sources say, in both directions', () => {
    expect(compareWorkflow(jointEvent)).toEqual([])
  })

  it('is told apart from every mutant of every line and state', () => {
    const mutants = [
      ...jointEvent.moves.flatMap(mutantsOfMove),
      ...mutantsOfStates(),
      { what: 'opening', workflow: { ...jointEvent, opening: 'file' } },
      { what: 'a move twice', workflow: { ...jointEvent, moves: [...jointEvent.moves, ...jointEvent.moves.slice(3, 4)] } },
    ]
    expect(mutants.length).toBeGreaterThan(1_000)
    expect(mutants.filter((mutant) => compareWorkflow(mutant.workflow).length === 0).map((mutant) => mutant.what)).toEqual([])
  })
})

describe('the table of legal moves', () => {
  it('has a reason and a receiver on every send-back, and a reason wherever a case is ended or begun again', () => {
    for (const known of LEGAL.filter((line) => ['back', 'void', 'reopen'].includes(line.kind))) expect(known.needs, known.move).toContain('reason')
    for (const known of LEGAL.filter((line) => line.needs.includes('reason'))) expect(known.reasons.length, known.move).toBeGreaterThan(0)
    for (const known of LEGAL.filter((line) => line.kind === 'back')) expect(known.receivers.length, known.move).toBeGreaterThan(0)
  })

  it('keeps exactly the clock of the state running on every line', () => {
    for (const known of LEGAL.filter((line) => line.kind !== 'note')) {
      const before = clockOf(known.from)
      const running = new Set([...(before !== null && !known.stops.includes(before) ? [before] : []), ...known.starts])
      expect([...running], `${known.from} ${known.move}`).toEqual(clockOf(known.to) === null ? [] : [clockOf(known.to)])
    }
  })

  it('lets every state be reached and every unfinished state be left', () => {
    const reached = new Set(['reported'])
    for (let round = 0; round < STATES.length; round++) for (const known of LEGAL) if (reached.has(known.from)) reached.add(known.to)
    expect(STATES.map(([state]) => state).filter((state) => !reached.has(state))).toEqual([])
    for (const [state, , final] of STATES)
      expect(
        LEGAL.some((known) => known.from === state && known.kind === 'forward'),
        state,
      ).toBe(!final)
  })
})
