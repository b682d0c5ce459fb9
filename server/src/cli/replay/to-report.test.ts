import { describe, expect, it } from 'vitest'
import type { ReplayMap } from './mapping.ts'
import { timeReader } from './said-at.ts'
import { keyOf, reportMaker } from './to-report.ts'

const MAP: ReplayMap = {
  key: 'id',
  title: 'kind',
  text: ['kind', 'notes'],
  lon: 'x',
  lat: 'y',
  address: ['street', 'zip'],
  conditionRow: 1,
  saidAt: { column: 'at', format: 'MM/DD/YYYY hh:mm:ss A', timeZone: 'America/New_York' },
  matter: { column: 'kind', values: { Pothole: 'local-event-0101', '*': 'local-event-0199' } },
}
const ROW = { id: '18-1', kind: 'Pothole', notes: 'deep', x: '-76.61234', y: '39.29', street: '1 A ST', zip: '21215', at: '11/13/2018 01:06:56 PM' }
const make = (cells: Partial<Record<keyof typeof ROW, string>> = {}, map = MAP) =>
  reportMaker(map, 'f', 'Asia/Shanghai')({ line: 7, cells: new Map(Object.entries({ ...ROW, ...cells })) })

describe('a row as a report', () => {
  it('carries every mapped field', () => {
    expect(make()).toEqual({
      line: 7,
      key: 'replay:f:18-1',
      position: 'usable',
      body: {
        channel: 'replay',
        title: 'Pothole',
        text: 'Pothole\ndeep',
        address: '1 A ST, 21215',
        position: { lon: -76.61234, lat: 39.29, crs: 'wgs84' },
        saidAt: '2018-11-13T18:06:56.000Z',
        matter: 'local-event-0101',
        conditionRow: 1,
      },
    })
  })

  it('has no position where the cells are empty or both zero, and sends a rounded one', () => {
    expect(make({ x: '', y: ' ' })).toMatchObject({ position: 'missing' })
    expect(make({ x: '0.0', y: '0' })).toMatchObject({ position: 'missing' })
    expect(make({ x: '0.0', y: '0' })).not.toHaveProperty('body.position')
    expect(make({ x: '-77', y: '39.0' })).toMatchObject({ position: 'rounded', body: { position: { lon: -77, lat: 39 } } })
    expect(make({ x: '-77', y: '39.123' })).toMatchObject({ position: 'usable' })
  })

  it('takes the star for every other value, and no matter for an empty one', () => {
    expect(make({ kind: 'Rats' })).toMatchObject({ body: { matter: 'local-event-0199' } })
    expect(make({ kind: '' })).not.toHaveProperty('body.matter')
    expect(make({ kind: 'constructor' }, { ...MAP, matter: { column: 'kind', values: {} } })).not.toHaveProperty('body.matter')
    expect(make({ kind: 'a-key' }, { ...MAP, matter: { column: 'kind' } })).toMatchObject({ body: { matter: 'a-key' } })
  })

  it('names the field of what does not fit', () => {
    expect(make({ notes: '很'.repeat(20_000) })).toMatchObject({ line: 7, code: 'TEXT_TOO_LONG', field: 'text' })
    expect(make({ kind: 'x'.repeat(201) })).toMatchObject({ code: 'TEXT_TOO_LONG', field: 'title' })
    expect(make({ x: 'west' })).toMatchObject({ code: 'POSITION_INVALID', field: 'position' })
    expect(make({ x: '' })).toMatchObject({ code: 'POSITION_INVALID' })
    expect(make({ at: 'yesterday' })).toMatchObject({ code: 'TIME_INVALID', field: 'saidAt' })
    expect(make({ notes: 'zero' }, { ...MAP, conditionRow: { column: 'notes' } })).toMatchObject({ code: 'CONDITION_INVALID' })
  })

  it('is known by its key, or by its line where it has none, in letters that a header carries', () => {
    expect(keyOf('f', '', 7)).toBe('replay:f:row:7')
    expect(keyOf('f', 'a b', 7)).toMatch(/^replay:f:sha256:[0-9a-f]{64}$/)
    expect(keyOf('f', '编号一', 7)).not.toBe(keyOf('f', '编号二', 7))
  })
})

describe('times', () => {
  it('are read in the zone of the city, in summer and in winter, at noon and at midnight', () => {
    const read = timeReader('M/D/YYYY h:mm:ss A', 'America/New_York')
    expect(read('7/4/2018 12:00:00 AM')).toBe('2018-07-04T04:00:00.000Z')
    expect(read('1/4/2018 12:00:00 pm')).toBe('2018-01-04T17:00:00.000Z')
  })

  it('are ISO 8601 where no format is named, with or without an offset', () => {
    const read = timeReader(undefined, 'Asia/Shanghai')
    expect(read('2020-01-02 03:04:05')).toBe('2020-01-01T19:04:05.000Z')
    expect(read('2020-01-02T03:04:05Z')).toBe('2020-01-02T03:04:05.000Z')
    expect(read('2020-01-02T03:04:05.5+08:00')).toBe('2020-01-01T19:04:05.500Z')
    expect(read('2020-01-02')).toBe('2020-01-01T16:00:00.000Z')
  })

  it('are refused where there is no such day or hour', () => {
    const read = timeReader('MM/DD/YYYY hh:mm:ss A', 'Asia/Shanghai')
    for (const text of ['02/31/2018 01:00:00 AM', '13/01/2018 01:00:00 AM', '01/01/2018 13:00:00 PM', '01/01/2018 00:00:00 AM', '1/1/2018', ''])
      expect(read(text)).toBeUndefined()
    expect(timeReader(undefined, 'Asia/Shanghai')('2020-02-30')).toBeUndefined()
  })
})
