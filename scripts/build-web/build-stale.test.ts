import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildStale } from './build-stale.ts'

let root = ''
let told: string[] = []
const tell = (text: string) => told.push(text)
const build = async (_application: string, outDir: string) => writeFileSync(join(outDir, 'index.html'), 'built')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'linli-web-'))
  told = []
  write('web/command/vite.config.ts', '')
  write('lib/geo.ts', 'one')
  write('package-lock.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('an application is built once and again only when a source changes', async () => {
  expect(await buildStale(root, tell, build)).toEqual(['web/command'])
  expect(readFileSync(join(root, 'web/command/dist/index.html'), 'utf8')).toBe('built')
  expect(await buildStale(root, tell, build)).toEqual([])
  write('lib/geo.test.ts', 'a test is no source')
  expect(await buildStale(root, tell, build)).toEqual([])
  for (const [file, text] of [
    ['lib/geo.ts', 'two'],
    ['web/shared/map.tsx', ''],
    ['package-lock.json', '{ }'],
  ] as const) {
    write(file, text)
    expect(await buildStale(root, tell, build)).toEqual(['web/command'])
  }
})

test('a build that fails leaves the last good one in place and is tried again', async () => {
  await buildStale(root, tell, build)
  write('lib/geo.ts', 'broken')
  await expect(buildStale(root, tell, () => Promise.reject(new Error('syntax')))).rejects.toThrow('syntax')
  expect(existsSync(join(root, 'web/command/dist/index.html'))).toBe(true)
  expect(await buildStale(root, tell, build)).toEqual(['web/command'])
})

test('without any application it says so', async () => {
  rmSync(join(root, 'web'), { recursive: true })
  expect(await buildStale(root, tell, build)).toEqual([])
  expect(told.join()).toContain('no web application')
})
