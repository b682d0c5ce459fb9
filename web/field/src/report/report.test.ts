import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT, isEmpty, lacksOf } from './draft.ts'
import { findMatters } from './find-matters.ts'
import { metresBetween } from './nearby.ts'
import { draftOf, reportAct } from './report-act.ts'

const spot = { lon: 113.12345678912, lat: 32.1, accuracyM: 8.6 }

describe('a report on the telephone', () => {
  it('wants a spot, and words or a matter', () => {
    expect(lacksOf(EMPTY_DRAFT)).toEqual(['spot', 'words'])
    expect(lacksOf({ ...EMPTY_DRAFT, spot, text: ' ' })).toEqual(['words'])
    expect(lacksOf({ ...EMPTY_DRAFT, spot, matter: 'm' })).toEqual([])
    expect([isEmpty({ ...EMPTY_DRAFT, spot }), isEmpty({ ...EMPTY_DRAFT, text: '井' })]).toEqual([true, false])
  })

  it('goes out without what was left empty, and comes back as the draft it was', () => {
    const draft = { ...EMPTY_DRAFT, photos: ['p'], spot, matter: 'm', row: 2, text: ' 井盖缺失 ' }
    const act = reportAct(draft, spot)
    expect(act).toEqual({
      kind: 'report',
      body: { channel: 'field', text: '井盖缺失', position: { lon: 113.1234568, lat: 32.1, crs: 'wgs84', accuracyM: 9 }, matter: 'm', conditionRow: 2 },
    })
    if (act.kind !== 'report') throw new Error('kind')
    expect(draftOf(act, ['p'])).toEqual({ ...draft, text: '井盖缺失', spot: { lon: 113.1234568, lat: 32.1, accuracyM: 9 } })
    expect(reportAct({ ...draft, row: 2, matter: null, confirmed: true }, { ...spot, accuracyM: null })).toEqual({
      kind: 'report',
      body: { channel: 'field', text: '井盖缺失', position: { lon: 113.1234568, lat: 32.1, crs: 'wgs84', confirmed: true } },
    })
  })
})

describe('matters found by words', () => {
  const row = (key: string, name: string, more: Partial<Parameters<typeof findMatters>[0][number]> = {}) => ({
    key,
    code: key,
    name,
    className: '',
    aliases: [],
    typeCode: null,
    rows: [],
    ...more,
  })
  const rows = [
    row('1', '污水井盖'),
    row('2', '井盖', { aliases: ['窨井'] }),
    row('3', '路灯', { rows: [{ rowNo: 1, filing: '井盖旁的灯不亮', limitText: '' }] }),
  ]

  it('begin with the word, hold it, or name it in a condition, in that order', () => {
    expect(findMatters(rows, '井盖').map((each) => each.key)).toEqual(['2', '1', '3'])
    expect(findMatters(rows, '井盖 灯').map((each) => each.key)).toEqual(['3'])
    expect(findMatters(rows, '窨').map((each) => each.key)).toEqual(['2'])
    expect(findMatters(rows, '  ')).toEqual([])
    expect(findMatters(rows, '飞船')).toEqual([])
  })
})

it('measures between points near each other in metres', () => {
  expect(Math.round(metresBetween({ lon: 113, lat: 32 }, { lon: 113, lat: 32.001 }))).toBe(111)
  expect(Math.round(metresBetween({ lon: 113, lat: 60 }, { lon: 113.001, lat: 60 }))).toBe(56)
})
