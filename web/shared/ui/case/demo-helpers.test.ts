import { expect, test } from 'vitest'
import { whoCould, type DemoPerson } from './demo-helpers.ts'

const person = (personName: string, step: string, unitName: string, areaName: string): DemoPerson => ({
  login: personName,
  personName,
  step,
  unitName,
  areaName,
  postTitle: '',
})
const people = [
  person('甲', 'file', '中心', '某市'),
  person('乙', 'handle', '城管局', '一区'),
  person('丙', 'handle', '水务局', '一区'),
  person('丁', 'check', '服务站', '第一街道'),
  person('戊', 'check', '服务站', '第二街道'),
]
const names = (state: string, self?: string, unit?: string) =>
  whoCould(
    { state, ownerName: '城管局', areaNames: ['一区', '第一街道'], next: unit === undefined ? [] : [{ permission: null, unit, unitName: unit, case: null }] },
    people,
    '某市',
    self,
  ).map((one) => one.personName)

test('who could carry a case on is of the owner unit or of the place, and never oneself', () => {
  expect(names('reported')).toEqual(['甲'])
  expect(names('handling')).toEqual(['乙'])
  expect(names('handled')).toEqual(['丁'])
  expect(names('reported', '甲')).toEqual([])
  expect(names('evaluated')).toEqual([])
  expect(names('handling', undefined, '水务局')).toEqual(['乙', '丙'])
})
