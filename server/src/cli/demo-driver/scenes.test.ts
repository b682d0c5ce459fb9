import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seeded } from '@linli/lib/random'
import { fieldReport, residentReport } from './report.ts'
import { GUIDED, placeSaid, recognise, SCENES, tell } from './scenes.ts'

/** Lines of the demo catalogue's CSV by matter key: one for each condition row. */
function rowsByMatter(): Map<string, number> {
  const lines = readFileSync(join(import.meta.dirname, '../../../../cities/demo/matters.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const rows = new Map<string, number>()
  for (const line of lines) {
    const [scheme, domain, classCode, , code] = line.split(',')
    const key = `${scheme}-${domain}-${classCode}${code}`
    rows.set(key, (rows.get(key) ?? 0) + 1)
  }
  return rows
}

describe('what residents of the demo say', () => {
  const rows = rowsByMatter()

  it.each([...SCENES, ...GUIDED])('$word names a matter and a condition row of the demo catalogue', ({ matter, row }) => {
    expect(rows.get(matter) ?? 0).toBeGreaterThanOrEqual(row)
    expect(rows.has(matter)).toBe(true)
  })

  it('is recognised by an acceptor as what it was meant to be', () => {
    const random = seeded(1)
    for (let turn = 0; turn < 20; turn++)
      for (const scene of SCENES) for (const line of scene.lines) expect(recognise(tell(line, placeSaid(random))), line).toBe(scene)
    expect(recognise('坏了')).toBeUndefined()
  })

  it('is varied', () => {
    const random = seeded(3)
    const texts = new Set(Array.from({ length: 200 }, () => residentReport({ path: '', lon: 113, lat: 32.25 }, random).text))
    expect(texts.size).toBeGreaterThan(150)
    expect(placeSaid(random)).not.toBe('')
  })
})

describe('reports of the demo', () => {
  const cell = { path: '990100.990101', lon: 113.012345, lat: 32.254321 }

  it('are the same for the same seed', () => {
    const made = (seed: number) => {
      const random = seeded(seed)
      return Array.from({ length: 20 }, () => [residentReport(cell, random), fieldReport(cell, random)])
    }
    expect(made(7)).toEqual(made(7))
    expect(made(7)).not.toEqual(made(8))
  })

  it('come from grid workers with matter, condition and exact place', () => {
    const random = seeded(11)
    for (let made = 0; made < 50; made++) {
      const body = fieldReport(cell, random)
      expect(body.conditionRow).toBeGreaterThan(0)
      expect(body.matter).toBeDefined()
      expect(Math.abs((body.position?.lon ?? 0) - cell.lon)).toBeLessThan(0.004)
    }
  })

  it('come from residents with an exact, a rounded or no place, with and without a matter', () => {
    const random = seeded(12)
    const bodies = Array.from({ length: 300 }, () => residentReport(cell, random))
    const exact = (lon: number) => lon !== Number(lon.toFixed(2))
    expect(bodies.filter((body) => !body.position).length).toBeGreaterThan(10)
    expect(bodies.filter((body) => body.position && !exact(body.position.lon)).length).toBeGreaterThan(5)
    expect(bodies.filter((body) => body.position && exact(body.position.lon)).length).toBeGreaterThan(150)
    expect(bodies.filter((body) => body.matter === undefined).length).toBeGreaterThan(80)
    expect(bodies.filter((body) => body.matter?.startsWith('local-guide-')).length).toBeGreaterThan(2)
    expect(bodies.every((body) => body.conditionRow === undefined)).toBe(true)
  })
})
