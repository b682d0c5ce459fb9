import type { AnswerOf } from '@linli/contract/endpoint'
import { intake } from '@linli/contract/endpoints/intake'
import { workflowVersions } from '@linli/contract/workflows/all'

export type Tracked = AnswerOf<typeof intake.track>
type State = 'reported'

const ENDED = new Set(['closed', 'evaluated'])
const KNOWN: ReadonlySet<string> = new Set(workflowVersions.flatMap((workflow) => Object.keys(workflow.states)))
const isState = (name: string): name is State => KNOWN.has(name)

/** What a reporter may do now: say whether it is fixed, ask a person to look again, or only read. */
export function openTo({ state, answerUntil, answer }: Pick<Tracked, 'state' | 'answerUntil' | 'answer'>): 'answer' | 'again' | 'review' | 'nothing' {
  if (state === 'voided') return 'review'
  if (answerUntil === null || !ENDED.has(state)) return 'nothing'
  return answer === null ? 'answer' : 'again'
}

/** The keys of the sentences that say how it stands and what comes next; no next one once nothing more is asked of anybody. */
export function storyKeys(tracked: Pick<Tracked, 'state' | 'answerUntil' | 'answer'>): {
  readonly now: `follow.now.${State}` | undefined
  readonly then: `follow.then.${State}` | 'follow.over' | undefined
} {
  const { state } = tracked
  if (!isState(state)) return { now: undefined, then: undefined }
  const over = ENDED.has(state) && openTo(tracked) !== 'answer'
  return { now: `follow.now.${state}`, then: over ? 'follow.over' : `follow.then.${state}` }
}

/** The receipt in what somebody typed or pasted, also when it is a whole link; undefined where none is in it. */
export function receiptIn(typed: string): string | undefined {
  return /(?:^|\/)([\w-]{20,60})$/.exec(typed.trim())?.[1]
}
