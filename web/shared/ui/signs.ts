import { STEPS, type Step } from '@linli/contract/workflow'
import { workflows } from '@linli/contract/workflows/all'

/** The shape that stands for a step, or for a case that was ended unfiled; shape and colour always go together. */
export type SignName = Step | 'voided'

/** Outlines in a box of 24 by 24, to be filled even-odd: the map and the page draw the same signs. */
export const SIGN_PATHS: Readonly<Record<SignName, string>> = {
  report: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zm0 5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7z',
  file: 'M12 2.4 21.6 12 12 21.6 2.4 12z',
  dispatch: 'M5 3 21.5 12 5 21z',
  handle: 'M4.2 4.2h15.6v15.6H4.2z',
  check: 'M12 2.2 20.6 7.1v9.8L12 21.8l-8.6-4.9V7.1z',
  evaluate: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM10.6 16.2 6.9 12.5l1.5-1.5 2.2 2.2 5-5 1.5 1.5z',
  voided: 'M6.2 4 12 9.8 17.8 4 20 6.2 14.2 12 20 17.8 17.8 20 12 14.2 6.2 20 4 17.8 9.8 12 4 6.2z',
}

export const SIGNS: readonly SignName[] = [...STEPS, 'voided']

/** The sign of a case: a final state before the last step means that it was ended unfiled. */
export function signOf(step: string, state: string): SignName {
  return isEnded(state) && step !== 'evaluate' ? 'voided' : isSign(step) ? step : 'report'
}

/** Every state that a sign stands for, in any workflow: those of its step, or those that ended a case unfiled. */
export function statesOf(sign: SignName): string[] {
  return [
    ...new Set(
      Object.values(workflows).flatMap((workflow) =>
        Object.entries(workflow.states).flatMap(([name, state]) => (signOf(state.step, name) === sign ? [name] : [])),
      ),
    ),
  ]
}

/** True where no further move is expected. */
export function isEnded(state: string): boolean {
  return Object.values(workflows).some((workflow) => workflow.states[state]?.final === true)
}

function isSign(name: string): name is SignName {
  return Object.hasOwn(SIGN_PATHS, name)
}
