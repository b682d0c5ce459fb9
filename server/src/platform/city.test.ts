import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadCity } from './city.ts'
import { StartError } from './config.ts'

const CITIES = join(import.meta.dirname, '../../../cities')

describe('a city as data', () => {
  let folder: string
  const change = (file: string, edit: (value: Record<string, unknown>) => void) => {
    const value = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
    edit(value)
    writeFileSync(join(folder, file), JSON.stringify(value))
  }
  const refusal = () => {
    try {
      loadCity(folder, CITIES)
      return undefined
    } catch (error) {
      if (error instanceof StartError) return `${error.code} ${error.message}`
      throw error
    }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-city-'))
    cpSync(join(CITIES, 'demo'), folder, { recursive: true })
    return () => rmSync(folder, { recursive: true, force: true })
  })

  it.each(['demo', 'zaozhuang'])('is loaded by its name: %s', (name) => expect(loadCity(name, CITIES).city.code).toBe(name))

  it('is loaded from a folder of its own', () => expect(loadCity(folder, CITIES).city.code).toBe('demo'))

  it.each(['nowhere', '../nowhere'])('that is not there is refused: %s', (name) => {
    expect(() => loadCity(name, CITIES)).toThrow(expect.objectContaining({ code: 'CITY_UNKNOWN' }) as Error)
  })

  it.each<[string, string, (value: Record<string, unknown>) => void, string]>([
    ['an unknown setting', 'city.json', (city) => Object.assign(city, { colour: 'green' }), 'additional properties'],
    ['a permission that does not exist', 'city.json', (city) => Object.assign(city['roles'] as object, { acceptor: ['cases.everything'] }), '/roles/acceptor'],
    [
      'a stage on an unknown clock',
      'city.json',
      (city) => Object.assign(city['stages'] as object, { accept: { clock: 'lunarDay', amount: 1 } }),
      '/stages/accept',
    ],
    [
      'a stage of no time at all',
      'city.json',
      (city) => Object.assign(city['stages'] as object, { accept: { clock: 'workDay', amount: 0 } }),
      '/stages/accept/amount',
    ],
    [
      'a post in a unit that does not exist',
      'organisation.json',
      (all) => Object.assign((all['posts'] as object[])[0] ?? {}, { unit: 'ghosts' }),
      'unit ghosts',
    ],
    [
      'a person at a post that does not exist',
      'organisation.json',
      (all) => Object.assign((all['people'] as object[])[0] ?? {}, { posts: ['ghost'] }),
      'post ghost',
    ],
    [
      'a rule for an owner that does not exist',
      'dispatch.json',
      (all) => Object.assign((all['rules'] as object[])[0] ?? {}, { owner: 'ghosts' }),
      'unit ghosts',
    ],
  ])('with %s is refused and the place is named', (_what, file, edit, named) => {
    change(file, edit)
    expect(refusal()).toMatch(/^CITY_INVALID /)
    expect(refusal()).toContain(named)
  })

  it.each(['city.json', 'organisation.json'])('whose %s is cut short is refused by its name', (file) => {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').slice(0, 50))
    expect(refusal()).toMatch(new RegExp(`^CITY_INVALID .*${file}`))
  })

  it('that names a file which is not there is refused by its name', () => {
    rmSync(join(folder, 'dispatch.json'))
    expect(refusal()).toMatch(/^CITY_INVALID .*dispatch\.json/)
  })
})
