import { expect, test } from 'vitest'
import { jointFields } from './joint.ts'
import type { Items } from './ports.ts'

type Item = Items['rows'][number]
const item = (key: string, properties: Record<string, unknown>, askedBy?: unknown): Item => ({
  key,
  classCode: '02',
  zh: key,
  en: key,
  how: { zh: key, en: key },
  frequency: 'daily',
  days: 'all',
  graceDays: 0,
  evidence: 'none',
  form: { type: 'object', properties, ...(askedBy === undefined ? {} : { 'x-askedBy': askedBy }) },
  matters: [],
  basis: null,
})
const classes = [{ code: '02', zh: '公共安全', en: 'Public safety' }]
const looked = { type: 'integer', minimum: 0, 'x-subject': 'buildings' }

test('a field that two items ask is found once, with who asks it', () => {
  const rows = [
    item('fire', { looked, cleared: { type: 'integer' } }, { zh: '消防', en: 'Fire' }),
    item('bikes', { seen: looked }),
    item('dogs', { reminded: { type: 'integer' } }),
  ]
  expect(jointFields({ rows, classes })).toEqual([
    {
      subject: 'buildings',
      asked: [
        { itemKey: 'fire', field: 'looked', zh: '消防', en: 'Fire' },
        { itemKey: 'bikes', field: 'seen', zh: '公共安全', en: 'Public safety' },
      ],
    },
  ])
})

test('the same subject with other answers is another question, and one item alone is none', () => {
  expect(jointFields({ rows: [item('a', { looked }), item('b', { looked: { ...looked, type: 'string' } })], classes })).toEqual([])
  expect(jointFields({ rows: [item('a', { one: looked, two: looked })], classes })).toEqual([])
})

test('a form of another shape asks nothing', () => {
  expect(
    jointFields({ rows: [item('a', { looked: 7 }), { ...item('b', {}), form: { properties: [looked] } }, { ...item('c', {}), form: {} }], classes }),
  ).toEqual([])
})
