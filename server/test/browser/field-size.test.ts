import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildStale } from '../../../scripts/build-web/build-stale.ts'
import { REPOSITORY } from '../../src/start.ts'

const DIST = join(REPOSITORY, 'web/field/dist')
const MOST_BYTES = 200_000

/** The scripts that a browser must have before the application runs: the entry and everything that it imports at once. */
function neededScripts(): string[] {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8')
  const found = new Set<string>()
  const add = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    const code = readFileSync(join(DIST, name), 'utf8')
    for (const [, next] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) if (next !== undefined) add(`assets/${next}`)
  }
  for (const [, name] of html.matchAll(/<script[^>]+src="\/field\/(assets\/[\w.-]+\.js)"/g)) if (name !== undefined) add(name)
  return [...found]
}

describe('the first load of the field application', () => {
  beforeAll(() => buildStale(REPOSITORY, () => undefined), 180_000)

  it('is at most 200 kB of compressed script, and the map is not in it', () => {
    const scripts = neededScripts()
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(DIST, name)), { level: 9 }).length, 0)
    console.log(`field: first load ${(bytes / 1000).toFixed(1)} kB of gzip script in ${scripts.length} files`)
    expect(scripts.length).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
    expect(scripts.some((name) => readFileSync(join(DIST, name), 'utf8').includes('maplibregl-'))).toBe(false)
  })

  it('lies compressed beside itself, and its worker knows every file that opens it', () => {
    const worker = readFileSync(join(DIST, 'sw.js'), 'utf8')
    for (const name of neededScripts()) {
      expect(existsSync(join(DIST, `${name}.gz`)), name).toBe(true)
      expect(worker, name).toContain(name)
    }
    expect(worker).not.toMatch(/__(SHELL|REST|VERSION)__/)
  })
})
