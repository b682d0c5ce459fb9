import { expect, test } from 'vitest'
import { placeText } from './place.ts'

test('a name that the next one begins with is not said twice', () => {
  expect(placeText(['望湖区', '第三街道', '第三社区', '第三社区第一网格', '第三社区第一网格第一微网格'])).toBe('望湖区 · 第三街道 · 第三社区第一网格第一微网格')
  expect(placeText([])).toBe('')
})
