import { expect, test } from 'vitest'
import { caseIdIn } from './case-id.ts'

test('a case is found in its id and in a link to it, and in nothing else', () => {
  const id = '01938f4e-7a60-7000-8000-0123456789ab'
  expect([id, ` ${id.toUpperCase()} `, `https://city.example/#/case/${id}`].map(caseIdIn)).toEqual([id, id, id])
  expect(caseIdIn('LL-20261122-000123')).toBeUndefined()
})
