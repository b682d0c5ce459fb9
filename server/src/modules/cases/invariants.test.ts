import { jointEvent } from '@linli/contract/workflows/joint-event'
import type { Move, Workflow } from '@linli/contract/workflow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STATES } from '../../../test/support/legal-moves.ts'
import { walk, type Try } from '../../../test/support/walk.ts'

const tries: fc.Arbitrary<readonly Try[]> = fc.array(
  fc.record({
    move: fc.nat(1_000),
    who: fc.nat(7),
    unit: fc.nat(20),
    reason: fc.boolean(),
    complete: fc.integer({ min: 0, max: 9 }).map((value) => value > 0),
    stray: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
  }),
  { minLength: 40, maxLength: 120 },
)
const change = (id: string, edit: (move: Move) => Move): Workflow => ({
  ...jointEvent,
  moves: jointEvent.moves.map((move) => (move.id === id ? edit(move) : move)),
})
const dropNeed = (id: string, need: string) => change(id, (move) => ({ ...move, needs: move.needs.filter((other) => other !== need) }))
const dropReceivers = (id: string) => change(id, ({ receivers: _gone, ...move }) => move)

/** The first problem that walks of a workflow show; undefined where a thousand show none. */
const firstProblem = (workflow: Workflow): string | undefined => {
  let found: string | undefined
  for (const sample of fc.sample(tries, { numRuns: 1_000, seed: 20_261_122 })) {
    found = walk(workflow, sample).problems[0]
    if (found !== undefined) break
  }
  return found
}

describe('a random walk of eight people who hold every permission', () => {
  it('never breaks a rule that is told apart from the workflow: reasons, receivers, separation of duty, clocks, ledger, fold', () => {
    const seen = new Set<string>()
    const made = new Set<string>()
    fc.assert(
      fc.property(tries, (sample) => {
        const { lines, problems } = walk(jointEvent, sample)
        for (const line of lines) {
          seen.add(line.before)
          made.add(line.move)
        }
        expect(problems).toEqual([])
      }),
      { numRuns: 500, seed: 7 },
    )
    // A walk that stays at home proves nothing: every state was left and every move made.
    expect(STATES.map(([state]) => state).filter((state) => !seen.has(state))).toEqual([])
    expect(jointEvent.moves.map((move) => move.id).filter((move) => !made.has(move))).toEqual([])
  })

  it.each([
    ['a send-back without a reason', dropNeed('substandard', 'reason'), /substandard without a reason/],
    ['a send-back without a receiver', dropReceivers('return-to-acceptor'), /received a send-back/],
    ['a check by the handler', dropNeed('check', 'notHandler'), /handled or owns, and made check/],
    ['a substandard by the handler', dropNeed('substandard', 'notHandler'), /handled or owns, and made substandard/],
    ['a close by who is scored', dropNeed('close', 'notScored'), /made close/],
    ['a rework by who is scored', dropNeed('rework', 'notScored'), /made rework/],
    ['an evaluation by who took part', dropNeed('evaluate', 'noEarlierMove'), /took an earlier move/],
    ['a clock that is not stopped', change('handle', (move) => ({ ...move, stops: [] })), /clocks of handle,check run/],
    ['a clock that is not started', change('reopen', (move) => ({ ...move, starts: [] })), /clocks of nothing run/],
    ['a clock that runs on after a void', change('void', (move) => ({ ...move, stops: ['accept'] })), /in voided after void/],
    ['a move to another state', change('accept', (move) => ({ ...move, to: 'handled' })), /in handled after accept/],
  ])('finds %s', (_what, workflow, problem) => {
    expect(firstProblem(workflow)).toMatch(problem)
  })
})
