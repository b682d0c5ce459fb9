import { jointEvent } from '@linli/contract/workflows/joint-event'
import type { Move, Workflow } from '@linli/contract/workflow'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PORTS } from '../../../test/support/engine.ts'
import { MOVES, STATES } from '../../../test/support/legal-moves.ts'
import { STARTS, walk, type Try } from '../../../test/support/walk.ts'

const often = (nine: number) => fc.integer({ min: 0, max: 9 }).map((value) => value < nine)
const many: fc.Arbitrary<readonly Try[]> = fc.array(
  fc.record({
    move: fc.nat(10_000),
    who: fc.nat(200),
    unit: fc.nat(200),
    fit: often(8),
    reason: often(9),
    complete: often(9),
    stray: often(1),
    // Mostly minutes, or no request would be decided before the end of what it asks to move.
    hours: fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 0, max: 1 }) },
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.constant(150) },
    ),
  }),
  { minLength: 60, maxLength: 160 },
)
const walks = fc.record({ start: fc.constantFrom(...STARTS), tries: many })
const edit = (workflow: Workflow, id: string, change: (move: Move) => Move): Workflow => ({
  ...workflow,
  moves: workflow.moves.map((move) => (move.id === id ? change(move) : move)),
})
const change = (id: string, to: (move: Move) => Partial<Move>) => edit(jointEvent, id, (move) => ({ ...move, ...to(move) }))
const dropNeed = (need: string, ...ids: string[]) =>
  ids.reduce((workflow, id) => edit(workflow, id, (move) => ({ ...move, needs: move.needs.filter((other) => other !== need) })), jointEvent)
const dropReceivers = (id: string) => edit(jointEvent, id, ({ receivers: _gone, ...move }) => move)

/** The first problem of the kind that walks of a workflow show; undefined where some hundreds show none. */
function found(workflow: Workflow, kind: RegExp): string | undefined {
  for (const sample of fc.sample(walks, { numRuns: 800, seed: 20_261_122 })) {
    const problem = walk(workflow, sample).problems.find((one) => kind.test(one))
    if (problem !== undefined) return problem
  }
  return undefined
}

describe('a random walk of fifteen people who hold every permission, with the real clocks', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('never breaks a rule that is told apart from the workflow: reasons, receivers, duty, limits, clocks, strands, ladder, fold', () => {
    const seen = new Set<string>()
    const made = new Set<string>()
    fc.assert(
      fc.property(walks, (sample) => {
        const { lines, problems } = walk(jointEvent, sample)
        for (const line of lines) {
          seen.add(line.before)
          made.add(line.move)
        }
        expect([...new Set(problems)]).toEqual([])
      }),
      { numRuns: 500, seed: 7 },
    )
    // A walk that stays at home proves nothing: every state was left and every move made.
    expect(STATES.map(([state]) => state).filter((state) => !seen.has(state))).toEqual([])
    expect(MOVES.filter((move) => !made.has(move))).toEqual([])
  }, 120_000)

  it.each<[what: string, workflow: Workflow, problem: RegExp]>([
    ['a send-back without a reason', dropNeed('reason', 'substandard'), /substandard without a reason/],
    ['a send-back without a receiver', dropReceivers('return-to-acceptor'), /received a send-back and made file/],
    ['a refusal without a receiver', dropReceivers('refuse'), /received a send-back/],
    ['a check by the handler', dropNeed('notHandler', 'check'), /handled or owns, and made check/],
    ['a substandard by the handler', dropNeed('notHandler', 'substandard'), /handled or owns, and made substandard/],
    ['a close by who is scored', dropNeed('notScored', 'close'), /made close/],
    ['a rework by who is scored', dropNeed('notScored', 'rework'), /made rework/],
    ['an evaluation by who took part', dropNeed('noEarlierMove', 'evaluate'), /took an earlier move/],
    ['a ruling by the owner', dropNeed('notOwner', 'uphold-refusal'), /owner's unit made uphold-refusal/],
    ['a pause that the owner gives itself', dropNeed('notOwner', 'pause'), /owner's unit made pause/],
    ['a request that its own unit agrees to', dropNeed('notOwner', 'endorse-extension'), /decided on its own request/],
    ['a request that one person decides twice', dropNeed('freshInStrand', 'grant-suspension'), /two steps of one request/],
    ['a supervise order from within', dropNeed('outsideChain', 'supervise'), /in the chain and made supervise/],
    ['a second refusal after a ruling', dropNeed('refusable', 'refuse'), /refused again/],
    ['a second suspension', dropNeed('onlyOnce', 'ask-suspension'), /second suspension/],
    ['a second appeal', dropNeed('onlyOnce', 'ask-appeal'), /second appeal/],
    ['a third “not fixed”', dropNeed('atMostTwo', 'not-fixed'), /third “not fixed”/],
    ['a clock that is not stopped', change('handle', () => ({ stops: [] })), /clocks of (handle,check|check,handle) run/],
    ['a clock that is not started', change('reopen', () => ({ starts: [] })), /clocks of nothing run/],
    ['a clock that runs on after a void', change('void', () => ({ stops: ['accept'] })), /in voided after void/],
    ['a clock that runs on in a pause', change('pause', () => ({ pauses: [] })), /in paused after pause/],
    ['a clock that a link takes away', change('link', () => ({ stops: ['handle'] })), /link touched the clock handle/],
    ['a clock that an escalation begins anew', change('escalate', () => ({ starts: ['handle', 'takeUp'] })), /escalate touched the clock handle/],
    ['a clock that a whistle stops', change('whistle', () => ({ stops: ['handle'] })), /whistle touched the clock handle/],
    ['a clock that does not go on after a dispute', change('overrule-refusal', () => ({ resumes: [] })), /in dispatched after overrule-refusal/],
    ['a ladder that outlives the work', change('handle', () => ({ stops: ['raise'] })), /in handled/],
    ['a part that is left open', dropNeed('partsDone', 'handle'), /part is open/],
    ['a move to another state', change('accept', () => ({ to: 'handled' })), /in handled after accept/],
    ['a case that waits for nobody', change('accept', () => ({ aside: true })), /waits for nobody/],
  ])(
    'finds %s',
    (_what, workflow, problem) => {
      expect(found(workflow, problem)).toMatch(problem)
    },
    60_000,
  )

  it('finds a third extension', () => {
    const thrice = ['file', 'dispatch', 'accept', ...[1, 2, 3].flatMap(() => ['ask-extension', 'endorse-extension', 'grant-extension'])]
    expect(walk(jointEvent, { start: thrice, tries: [] }).problems).toEqual([])
    expect(walk(dropNeed('atMostTwo', 'ask-extension', 'grant-extension'), { start: thrice, tries: [] }).problems).toEqual(['a third extension'])
  })

  it.each<[what: string, plant: () => void, problem: RegExp]>([
    [
      'a pause that gives an hour away',
      () => vi.spyOn(PORTS, 'leftOf').mockImplementation((clock, at) => (Date.parse(clock.dueAt) - at.getTime()) / 3_600_000 + 1),
      /counts/,
    ],
    [
      'a resumption that counts from the old end',
      () =>
        vi
          .spyOn(PORTS, 'resumeOf')
          .mockImplementation(({ clock, amount, dueAt }) => ({ clock, amount, calendar: '', dueAt: new Date(dueAt), provisional: false })),
      /counts/,
    ],
  ])(
    'finds %s',
    (_what, plant, problem) => {
      plant()
      expect(found(jointEvent, problem)).toMatch(problem)
    },
    60_000,
  )
})
