import { createHash } from 'node:crypto'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import { jointEvent1 } from '@linli/contract/workflows/joint-event-1'
import { MOVE_KINDS, NEEDS, PARTIES, STAGES, STEPS, STRANDS, type Move, type StrandKind, type StrandStep, type Workflow } from '@linli/contract/workflow'
import { describe, expect, it } from 'vitest'
import { clocksOf, compareWorkflow, LEGAL, STATES } from '../../../test/support/legal-moves.ts'

interface Mutant {
  readonly what: string
  readonly workflow: Workflow
}
type Edit = (move: Move) => object

const STATE_NAMES = Object.keys(jointEvent.states)
const STRAND_STATES = ['asked', 'endorsed', 'granted', 'called', 'done', 'elsewhere']
const without = <T>(list: readonly T[], item: T) => list.filter((other) => other !== item)
const others = <T extends string>(all: readonly T[], list: readonly string[]) => all.filter((item) => !list.includes(item))

function changed(index: number, what: string, edit: Edit): Mutant {
  const moves = jointEvent.moves.map((move, at) => (at === index ? (edit(move) as Move) : move))
  return { what: `${jointEvent.moves[index]?.id ?? ''}: ${what}`, workflow: { ...jointEvent, moves } }
}
const lose = (move: Move, key: keyof Move) => Object.fromEntries(Object.entries(move).filter(([name]) => name !== key))

/** A list without each of its items, and with each of the items that it lacks. */
const mutantsOfList = (index: number, key: keyof Move, list: readonly string[], all: readonly string[]) => [
  ...list.map((item) => changed(index, `${key} drops ${item}`, (move) => ({ ...move, [key]: without(list, item) }))),
  ...others(all, list).map((item) => changed(index, `${key} adds ${item}`, (move) => ({ ...move, [key]: [...list, item] }))),
]
/** A word that becomes each other word, appears, or is lost. */
const mutantsOfWord = (index: number, key: keyof Move, word: string | undefined, all: readonly string[]) => [
  ...all.filter((other) => other !== word).map((other) => changed(index, `${key} becomes ${other}`, (move) => ({ ...move, [key]: other }))),
  ...(word === undefined ? [] : [changed(index, `${key} is lost`, (move) => lose(move, key))]),
]

function mutantsOfStrand(index: number, strand: StrandStep | undefined): Mutant[] {
  const to = (what: string, step: object) => changed(index, `strand ${what}`, (move) => ({ ...move, strand: step }))
  if (!strand) return [to('appears', { kind: 'whistle', to: 'called' })]
  const { from, ...rest } = strand
  return [
    changed(index, 'strand is lost', (move) => lose(move, 'strand')),
    ...without<StrandKind>(STRANDS, strand.kind).map((kind) => to(`becomes ${kind}`, { ...strand, kind })),
    ...without(STRAND_STATES, strand.to).map((state) => to(`leads to ${state}`, { ...strand, to: state })),
    ...(from === undefined
      ? [to('must be there', { ...strand, from: ['asked'] })]
      : [
          to('begins', rest),
          ...from.map((state) => to(`from drops ${state}`, { ...strand, from: without(from, state) })),
          ...others(STRAND_STATES, from).map((state) => to(`from adds ${state}`, { ...strand, from: [...from, state] })),
        ]),
  ]
}

/** Every single change to one line that keeps its shape. */
function mutantsOfMove(move: Move, index: number): Mutant[] {
  return [
    { what: `${move.id}: removed`, workflow: { ...jointEvent, moves: jointEvent.moves.filter((_, at) => at !== index) } },
    changed(index, 'renamed', (own) => ({ ...own, id: `${own.id}-now` })),
    ...mutantsOfList(index, 'from', move.from, STATE_NAMES),
    ...mutantsOfWord(
      index,
      'to',
      move.to,
      // To stay where one is, and to lead there from the only state it leaves, is one and the same.
      STATE_NAMES.filter((state) => move.to !== undefined || move.from.some((from) => from !== state)),
    ).filter((mutant) => !(mutant.what.endsWith('is lost') && move.from.every((from) => from === move.to))),
    ...mutantsOfWord(index, 'kind', move.kind, MOVE_KINDS).filter((mutant) => !mutant.what.endsWith('is lost')),
    ...mutantsOfWord(index, 'party', move.party, PARTIES).filter((mutant) => !mutant.what.endsWith('is lost')),
    ...mutantsOfWord(index, 'permission', move.permission, ['cases.read', 'cases.note']),
    ...mutantsOfList(index, 'needs', move.needs, NEEDS),
    ...mutantsOfList(index, 'starts', move.starts, STAGES),
    ...mutantsOfList(index, 'stops', move.stops, STAGES),
    ...mutantsOfList(index, 'pauses', move.pauses ?? [], STAGES),
    ...mutantsOfList(index, 'resumes', move.resumes ?? [], STAGES),
    ...mutantsOfWord(index, 'extends', move.extends, STAGES),
    ...mutantsOfStrand(index, move.strand),
    ...mutantsOfList(index, 'receivers', move.receivers ?? [], ['file', 'dispatch', 'accept', 'handle', 'ask-verify']),
    ...mutantsOfList(index, 'reasons', move.reasons ?? [], ['other', 'not-done']),
    changed(index, 'aside turned', (own) => (own.aside ? lose(own, 'aside') : { ...own, aside: true })),
  ]
}

function mutantsOfStates(): Mutant[] {
  const { states } = jointEvent
  return Object.entries(states).flatMap(([name, state]) => {
    const { [name]: _gone, ...rest } = states
    const turned = state.final ? { step: state.step } : { step: state.step, final: true as const }
    return [
      { what: `${name}: removed`, workflow: { ...jointEvent, states: rest } },
      { what: `${name}: final turned`, workflow: { ...jointEvent, states: { ...states, [name]: turned } } },
      ...without(STEPS, state.step).map((step) => ({
        what: `${name}: step ${step}`,
        workflow: { ...jointEvent, states: { ...states, [name]: { ...state, step } } },
      })),
    ]
  })
}

function mutantsBeside(): Mutant[] {
  return [
    ...STRANDS.flatMap((kind) => {
      const open = jointEvent.strands[kind] ?? []
      const { [kind]: _gone, ...rest } = jointEvent.strands
      const changes = [...open.map((state) => without(open, state)), ...others(STRAND_STATES, open).map((state) => [...open, state])]
      return [
        { what: `strands ${kind}: removed`, workflow: { ...jointEvent, strands: rest } },
        ...changes.map((list) => ({ what: `strands ${kind}: ${list.join()}`, workflow: { ...jointEvent, strands: { ...jointEvent.strands, [kind]: list } } })),
      ]
    }),
    ...STAGES.map((stage) => {
      const { [stage]: there, ...rest } = jointEvent.onDue
      return { what: `when ${stage} is due`, workflow: { ...jointEvent, onDue: there === undefined ? { ...rest, [stage]: 'overdue' } : rest } }
    }),
    { what: 'opening', workflow: { ...jointEvent, opening: 'file' } },
    { what: 'a move twice', workflow: { ...jointEvent, moves: [...jointEvent.moves, ...jointEvent.moves.slice(3, 4)] } },
  ]
}

describe('the workflow joint-event', () => {
  it('says line by line what the sources say, in both directions', () => {
    expect(compareWorkflow(jointEvent)).toEqual([])
  })

  it('is told apart from every mutant of every line, state, strand and clock', () => {
    const mutants = [...jointEvent.moves.flatMap(mutantsOfMove), ...mutantsOfStates(), ...mutantsBeside()]
    expect(mutants.length).toBeGreaterThan(10_000)
    expect(mutants.filter((mutant) => compareWorkflow(mutant.workflow).length === 0).map((mutant) => mutant.what)).toEqual([])
  }, 60_000)

  it('keeps its first version letter by letter, as the cases that opened with it were promised', () => {
    // The digest of the value that the table of version 1 was found to agree with, before version 2 was written.
    expect(createHash('sha256').update(JSON.stringify(jointEvent1)).digest('hex')).toBe('4c7a5de7fc7133d87cf89fcc10a247c98884f45cffe748da8e1b80a0b9f8a1b8')
  })
})

describe('the table of legal moves', () => {
  it('has a reason on every send-back, and wherever staff end a case, begin it again or part it', () => {
    for (const known of LEGAL.filter((line) => ['back', 'void'].includes(line.kind) || (line.kind === 'reopen' && line.party !== 'reporter')))
      expect(known.needs, known.move).toContain('reason')
    for (const known of LEGAL) expect(known.reasons.length > 0, known.move).toBe(known.needs.includes('reason'))
    expect([...new Set(LEGAL.filter((known) => known.kind === 'back' && known.receivers.length === 0).map((known) => known.move))]).toEqual([
      'recall',
      'send-down',
    ])
  })

  it('keeps exactly the clocks of the state on every line that moves the case', () => {
    for (const known of LEGAL.filter((line) => line.to !== line.from && line.to !== '@before')) {
      const before = clocksOf(known.from, 'reported')
      const turned = [...known.stops, ...known.pauses]
      const running = new Set([...before.filter((clock) => !turned.includes(clock)), ...known.starts, ...known.resumes])
      const beside = new Set(['approve', 'coHandle', 'raise'])
      const left = [...running].filter((clock) => !beside.has(clock)).toSorted()
      const linking = known.from === 'dispatched' && known.to === 'linked'
      expect(left, `${known.from} ${known.move}`).toEqual(linking ? ['answer', 'handle'] : clocksOf(known.to))
    }
  })

  it('goes on with every clock that it lets stand still, or ends the case, or gives a new one', () => {
    for (const pausing of LEGAL.filter((line) => line.pauses.length > 0))
      for (const leaving of LEGAL.filter((line) => line.from === pausing.to && line.to !== pausing.to && line.to !== 'closed'))
        for (const clock of pausing.pauses) expect([...leaving.resumes, ...leaving.starts], `${pausing.move} ${leaving.move}`).toContain(clock)
  })

  it('lets every state be reached and every unfinished state be left by what it waits for', () => {
    const reached = new Set(['reported'])
    for (let round = 0; round < STATES.length; round++) for (const known of LEGAL) if (reached.has(known.from)) reached.add(known.to)
    expect(STATES.map(([state]) => state).filter((state) => !reached.has(state))).toEqual([])
    for (const [state, , final] of STATES)
      expect(
        LEGAL.some((known) => known.from === state && known.to !== state && known.kind === 'forward' && !known.aside),
        state,
      ).toBe(!final)
  })
})
