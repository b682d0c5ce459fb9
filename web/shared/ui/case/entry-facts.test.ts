import { expect, test } from 'vitest'
import { createTimes } from '../../i18n/format.ts'
import { createWords } from '../../i18n/index.ts'
import { factsOfEntry } from './entry-facts.ts'

const zone = 'Asia/Shanghai'
const says = { ...createWords('zh-CN'), times: createTimes('zh-CN', zone, Date.parse('2026-11-22T00:00:00Z')) }
const facts = (payload: object) => factsOfEntry(says, { payload }, (code) => `单位${code}`).facts

test('a line says who it went to, what was put to whom, and from which level to which', () => {
  expect(facts({ owner: 'a', targets: ['b', 'c'] })).toEqual(['派给 单位a', '对象：单位b · 单位c'])
  expect(facts({ owner: 'b', escalated: { from: 'a', to: 'b' } })).toEqual(['单位a → 单位b'])
  expect(facts({ raised: { to: 'c', level: 1 } })).toEqual(['告知 单位c'])
})

test('a line says what it leans on, what was asked, and what the reporter answered', () => {
  expect(facts({ citation: { matter: 'm', row: 2 } })).toEqual(['引用 m #2'])
  expect(facts({ limit: { clock: 'workDay', amount: 2 }, until: '2026-12-01' })).toEqual(['时限 2 个工作日', '至 2026-12-01'])
  expect(facts({ answer: { report: 'r', fixed: false, rating: 'dissatisfied' } })).toEqual(['没有解决', '不满意'])
  expect(facts({ main: { id: 'x', number: 'LL-1' }, paused: [{ stage: 'accept', left: 3 }] })).toEqual(['案件 LL-1', '受理时限暂停'])
})

test('a payload of a strange shape says nothing', () => {
  expect(facts({ owner: 7, targets: 'x', deadlines: [null, 3], citation: [], answer: 'no', limit: { clock: 'workDay', amount: '2' } })).toEqual([])
})
