import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadCity } from '../../platform/city.ts'
import { makeCity } from '../make-city.ts'
import { extentOf } from './extent.ts'
import { guessColumns } from './guess-columns.ts'
import { makeMatters, SERVICE } from './matters.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-make-city-'))
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})
afterAll(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const grid = Array.from({ length: 400 }, (_, index) => ({ lon: -76.7 + (index % 20) * 0.01003, lat: 39.2 + Math.floor(index / 20) * 0.01003 }))

describe('the frame of a made city', () => {
  it('holds the usable positions and leaves far-out ones outside', () => {
    const [west, south, east, north] = extentOf([...grid, { lon: 2.3512, lat: 48.8567 }]) ?? [0, 0, 0, 0]
    expect(grid.every(({ lon, lat }) => lon > west && lon < east && lat > south && lat < north)).toBe(true)
    expect(east).toBeLessThan(-76)
    expect(north).toBeLessThan(40)
  })

  it('is a square kilometre or more around a single point, and nothing without one', () => {
    const [west, south, east, north] = extentOf([{ lon: 1.2345, lat: 2.3456 }]) ?? [0, 0, 0, 0]
    expect(Math.min(east - west, north - south)).toBeGreaterThan(0.01)
    expect(extentOf([])).toBeUndefined()
  })
})

describe('the matters of a made city', () => {
  it('belong to the owner that stands beside them most often, and otherwise to the service unit', () => {
    const made = makeMatters(
      new Map([
        [
          'Pothole',
          new Map([
            ['Roads', 2],
            ['Parks', 3],
          ]),
        ],
        ['Rats', new Map([['Roads', 1]])],
        ['Other', new Map([['', 1]])],
      ]),
      '990200',
    )
    expect(made.units.map((unit) => unit.name)).toEqual(['Parks', 'Roads', SERVICE.name])
    expect(made.rules.map((rule) => [rule.note, rule.owner])).toEqual([
      ['Pothole', 'unit-01'],
      ['Rats', 'unit-02'],
      ['Other', 'service'],
    ])
    expect(Object.keys(made.values)).toEqual(['Pothole', 'Rats', 'Other'])
    expect(made.csv.trim().split('\n')).toHaveLength(4)
  })
})

describe('making a city', () => {
  const csv =
    'ID,Type,Agency,Created Date,Latitude,Longitude\n1,Pothole,Roads,02/03/2018 01:02:03 PM,39.2901,-76.6123\n2,Rats,Health,02/13/2018 01:02:03 AM,39.3001,-76.6223\n'
  const make = async (name: string, options = {}) => {
    writeFileSync(join(folder, `${name}.csv`), csv)
    await makeCity(join(folder, `${name}.csv`), join(folder, name), { timeZone: 'America/New_York', division: '990200', ...options })
    return join(folder, name)
  }

  it('guesses the columns by their names', () => {
    expect(guessColumns(['row', 'title', 'detail', 'label'])).toEqual({
      owner: undefined,
      map: { key: 'row', title: 'title', text: 'detail', matter: { column: 'label' } },
    })
    expect(guessColumns(['a', 'b'])).toBeUndefined()
  })

  it('writes a folder that the program can load, and the map that fits', async () => {
    const city = loadCity(await make('small-town'), '')
    expect(city.city).toMatchObject({ code: 'small-town', timeZone: 'America/New_York', casePrefix: 'SMAL', districts: { file: 'districts.geojson' } })
    expect(city.dispatch.rules).toHaveLength(2)
    expect(JSON.parse(readFileSync(join(folder, 'small-town/map.json'), 'utf8'))).toEqual({
      key: 'ID',
      title: 'Type',
      text: ['Type'],
      lon: 'Longitude',
      lat: 'Latitude',
      saidAt: { column: 'Created Date', format: 'MM/DD/YYYY hh:mm:ss A', timeZone: 'America/New_York' },
      matter: { column: 'Type', values: { Pothole: 'local-event-020001', Rats: 'local-event-010001' } },
    })
  })

  it('refuses by name what it cannot do, and writes nothing then', async () => {
    await make('taken')
    await expect(make('taken')).rejects.toMatchObject({ code: 'CITY_FOLDER_NOT_EMPTY' })
    await expect(make('no-zone', { timeZone: undefined })).rejects.toMatchObject({ code: 'TIME_ZONE_MISSING' })
    await expect(make('bad-zone', { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'ZONE_UNKNOWN' })
    await expect(make('bad-owner', { ownerColumn: 'Nobody' })).rejects.toMatchObject({ code: 'MAP_COLUMN_MISSING' })
    for (const name of ['no-zone', 'bad-zone', 'bad-owner']) expect(existsSync(join(folder, name))).toBe(false)
  })
})
