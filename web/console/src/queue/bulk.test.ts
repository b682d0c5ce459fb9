import { expect, test } from 'vitest'
import { bulkBody, canBulk, EMPTY_DRAFT, needOf } from './bulk.ts'

const move = (needs: string[]) => ({ move: 'close', kind: 'forward', needs, reasons: [], go: 1 })

test('a move that needs a photo or a place of its own is made case by case', () => {
  expect(canBulk(move(['notScored', 'closingCondition', 'publicReply']))).toBe(true)
  expect(canBulk(move(['evidence']))).toBe(false)
  expect(canBulk(move(['targets', 'note']))).toBe(false)
})

test('what a move does not need is not sent, and what is blank is not either', () => {
  const draft = { ...EMPTY_DRAFT, reasonCode: 'duplicate', publicReply: ' ', owner: 'water', closingConditionMet: true, note: '雨后复查' }
  expect(bulkBody(move(['closingCondition', 'publicReply']), draft)).toEqual({ move: 'close', closingConditionMet: true, note: '雨后复查' })
  expect(bulkBody(move(['reason', 'owner']), draft)).toEqual({ move: 'close', reasonCode: 'duplicate', owner: 'water', note: '雨后复查' })
})

test('a missing field is called by what it is for', () => {
  expect(['/body/reasonCode', '/body/conditionRow', '/body/note'].map(needOf)).toEqual(['reason', 'condition', 'note'])
})
