import { workflowVersions } from '@linli/contract/workflows/all'
import { expect, test } from 'vitest'
import { messages } from '../../i18n/messages.ts'
import { openTo, receiptIn, storyKeys } from './story.ts'

const answer = { fixed: true, rating: 'satisfied', at: 't' }
const until = '2026-12-01T00:00:00Z'

test('every state of every workflow says to the reporter how it stands and what comes next', () => {
  const keys = Object.keys(messages['zh-CN'])
  for (const state of workflowVersions.flatMap((workflow) => Object.keys(workflow.states))) {
    const { now, then } = storyKeys({ state, answerUntil: until, answer: null })
    expect([keys.includes(now ?? ''), keys.includes(then ?? '')], state).toEqual([true, true])
  }
  expect(storyKeys({ state: 'later', answerUntil: null, answer: null })).toEqual({ now: undefined, then: undefined })
})

test('a reporter may answer while the days for it last, answer again, and ask for a review of what was not filed', () => {
  expect(openTo({ state: 'handling', answerUntil: null, answer: null })).toBe('nothing')
  expect(openTo({ state: 'closed', answerUntil: until, answer: null })).toBe('answer')
  expect(openTo({ state: 'evaluated', answerUntil: until, answer })).toBe('again')
  expect(openTo({ state: 'closed', answerUntil: null, answer: null })).toBe('nothing')
  expect(openTo({ state: 'voided', answerUntil: null, answer: null })).toBe('review')
  expect(storyKeys({ state: 'closed', answerUntil: null, answer: null }).then).toBe('follow.over')
})

test('a receipt is found as it is, in a link, and not in words', () => {
  const receipt = 'aB3_-0123456789012345678'
  expect([receiptIn(` ${receipt} `), receiptIn(`https://city.example/#/track/${receipt}`), receiptIn('too-short'), receiptIn('说一句话')]).toEqual([
    receipt,
    receipt,
    undefined,
    undefined,
  ])
})
