import { expect, test } from 'vitest'
import { areasOfPath, placeText } from './place.ts'

test('a name that the next one begins with is not said twice', () => {
  expect(placeText(['望湖区', '第三街道', '第三社区', '第三社区第一网格', '第三社区第一网格第一微网格'])).toBe('望湖区 · 第三街道 · 第三社区第一网格第一微网格')
  expect(placeText([])).toBe('')
})

test('the areas of a case carry their codes, also where the city itself is not named', () => {
  expect(areasOfPath({ areaPath: '9901.990101.990101001', areaNames: ['云溪区', '第一街道'] })).toEqual([
    { code: '990101', name: '云溪区' },
    { code: '990101001', name: '第一街道' },
  ])
})
