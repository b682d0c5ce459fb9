import type { ApiProblem } from '@linli/web-shared/api'

/** Where somebody stands on the way in. */
export type Step =
  | { readonly kind: 'password'; readonly login?: string }
  | { readonly kind: 'second'; readonly challenge: string }
  | { readonly kind: 'renewal'; readonly challenge: string; readonly login: string }
  | { readonly kind: 'invitation'; readonly invitation: string }
  | { readonly kind: 'returned'; readonly query: string }

/** The next step that a refusal asks for, or undefined where it is an end. */
export function nextStep(problem: ApiProblem, login: string): Step | undefined {
  const challenge = problem.extra['challenge']
  if (typeof challenge !== 'string') return undefined
  if (problem.code === 'SECOND_FACTOR_NEEDED') return { kind: 'second', challenge }
  if (problem.code === 'PASSWORD_EXPIRED') return { kind: 'renewal', challenge, login }
  return undefined
}
