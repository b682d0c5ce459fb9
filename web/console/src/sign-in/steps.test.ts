import { ApiProblem } from '@linli/web-shared/api'
import { expect, test } from 'vitest'
import { nextStep } from './steps.ts'

test('a sign-in that needs more goes on to the step that the server asks for, with its challenge', () => {
  const extra = { challenge: 'a-challenge-of-one-time' }
  expect(nextStep(new ApiProblem('SECOND_FACTOR_NEEDED', 401, { extra }), 'li')).toEqual({ kind: 'second', challenge: extra.challenge })
  expect(nextStep(new ApiProblem('PASSWORD_EXPIRED', 401, { extra }), 'li')).toEqual({ kind: 'renewal', challenge: extra.challenge, login: 'li' })
})

test('every other refusal ends there, also one that lacks its challenge', () => {
  expect(nextStep(new ApiProblem('SIGN_IN_FAILED', 401), 'li')).toBeUndefined()
  expect(nextStep(new ApiProblem('SECOND_FACTOR_NEEDED', 401), 'li')).toBeUndefined()
})
