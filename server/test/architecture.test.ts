import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REPOSITORY } from '../src/start.ts'
import { filesBelow } from './support/files.ts'

interface Architecture {
  readonly tiers: readonly { name: string; modules: readonly string[] }[]
  readonly sideways: readonly (readonly [from: string, to: string])[]
}
interface Import {
  readonly file: string
  readonly line: number
  readonly target: string
}

const architecture = JSON.parse(readFileSync(join(REPOSITORY, 'architecture.json'), 'utf8')) as Architecture
const tierOf = (module: string) => architecture.tiers.findIndex((tier) => tier.modules.includes(module))
const WORKSPACES: Readonly<Record<string, string>> = { '@linli/lib': 'lib', '@linli/contract': 'contract', '@linli/web-shared': 'web/shared' }
const PURE = /^server\/src\/modules\/[^/]+\/(model|rules|steps|diff|definitions)\.ts$/
const SQL_FILES = /\/(store|queries|indicators|seed|verify-ledger)\.ts$/

/** Imports of a source text, each resolved to a path in the repository, or left as the name of a package. */
export function importsOf(file: string, text: string): Import[] {
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g),
  ].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    const line = text.slice(0, match.index).split('\n').length + (match[0].startsWith('\n') ? 1 : 0)
    return { file, line, target: targetOf(file, name) }
  })
}

function targetOf(file: string, name: string): string {
  if (name.startsWith('.')) return relative(REPOSITORY, resolve(REPOSITORY, dirname(file), name))
  const workspace = Object.keys(WORKSPACES).find((prefix) => name === prefix || name.startsWith(`${prefix}/`))
  return workspace === undefined ? name : `${WORKSPACES[workspace]}${name.slice(workspace.length)}`
}

const areaOf = (path: string): string => /^(lib|contract|web\/[^/]+|server\/src\/(?:platform|modules|cli)|server\/src)(?:\/|$)/.exec(path)?.[1] ?? ''
const moduleOf = (path: string): string | undefined => /^server\/src\/modules\/([^/]+)/.exec(path)?.[1]

/** The rule that an import breaks, in a sentence; undefined where it may stand. */
export function ruleBroken({ file, target }: Import): string | undefined {
  const from = areaOf(file)
  const to = areaOf(target)
  if (from === 'lib')
    return target.startsWith('node:') ? 'lib is pure: no Node, no I/O' : to !== '' && to !== 'lib' ? 'lib imports nothing above it' : undefined
  if (from === 'contract')
    return target.startsWith('node:') ? 'contract is plain values: no Node' : !['', 'lib', 'contract'].includes(to) ? 'contract imports lib alone' : undefined
  if (from === 'server/src/platform')
    return to.startsWith('web') || to === 'server/src/modules' || to === 'server/src/cli' || to === 'server/src'
      ? 'platform knows no module: declare a port and let app.ts connect it'
      : undefined
  if (from === 'server/src/modules') return moduleRuleBroken(file, target, to)
  if (from.startsWith('web'))
    return target.startsWith('node:')
      ? 'a browser has no Node'
      : to.startsWith('server')
        ? 'web imports lib, contract and web/shared alone'
        : to.startsWith('web') && to !== from && to !== 'web/shared'
          ? 'an app does not import another app'
          : undefined
  if (from === 'server/src/cli' || from === 'server/src')
    return moduleOf(target) !== undefined && !/\/modules\/[^/]+\/index\.ts$/.test(target) ? 'a module is entered through its index.ts' : undefined
  return undefined
}

function moduleRuleBroken(file: string, target: string, to: string): string | undefined {
  if (to === 'server/src' || to === 'server/src/cli' || to.startsWith('web')) return 'a module imports lib, contract, platform and lower modules alone'
  if (PURE.test(file) && (target.startsWith('node:') || /platform\/(db|http|blobs|audit|outbox|platform)/.test(target) || target.endsWith('/store.ts')))
    return 'this file is pure: no I/O, no clock, no randomness'
  const own = moduleOf(file)
  const other = moduleOf(target)
  if (other === undefined || other === own || own === undefined) return undefined
  if (!target.endsWith('/index.ts')) return `${other} is entered through its index.ts`
  const allowed = tierOf(other) < tierOf(own) || architecture.sideways.some(([one, two]) => one === own && two === other)
  return allowed ? undefined : `${own} may not import ${other}: declare a port, or add a sideways edge to architecture.json`
}

/** Tables of other modules that a source text reads or writes; `<module>_pub` views are open to all. */
export function foreignTables(file: string, text: string): string[] {
  const own = moduleOf(file)
  const modules = architecture.tiers.flatMap((tier) => tier.modules)
  return [...text.matchAll(/\b(?:from|join|into|update|table)\s+"?([a-z]+)"?\."?[a-z_]+/g)]
    .map((match) => match[1] ?? '')
    .filter((schema) => modules.includes(schema) && schema !== own)
}

const sources = filesBelow(REPOSITORY, ['lib', 'contract', 'server/src', 'web'], /\.tsx?$/).filter(
  (file) => !/\.(test|testing)\.tsx?$/.test(file) && !file.includes('/testing/') && !file.endsWith('.d.ts'),
)
const read = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8')

describe('the architecture', () => {
  it('has every import in its place', () => {
    const broken = sources
      .flatMap((file) => importsOf(file, read(file)))
      .flatMap((found) => {
        const rule = ruleBroken(found)
        return rule === undefined ? [] : [`${found.file}:${found.line} imports ${found.target}: ${rule}`]
      })
    expect(broken).toEqual([])
  })

  it('fails on a forbidden import: shown on planted ones', () => {
    const planted = (file: string, target: string) => ruleBroken({ file, line: 1, target })
    expect(planted('lib/text.ts', 'node:fs')).toContain('pure')
    expect(planted('contract/errors.ts', 'server/src/start.ts')).toBeDefined()
    expect(planted('server/src/platform/log.ts', 'server/src/modules/cases/index.ts')).toContain('port')
    expect(planted('server/src/modules/identity/index.ts', 'server/src/modules/cases/index.ts')).toContain('architecture.json')
    expect(planted('server/src/modules/insight/index.ts', 'server/src/modules/cases/store.ts')).toContain('index.ts')
    expect(planted('server/src/modules/cases/rules.ts', 'node:fs')).toContain('pure')
    expect(planted('web/command/src/main.tsx', 'server/src/app.ts')).toBeDefined()
    expect(planted('server/src/modules/insight/index.ts', 'server/src/modules/cases/index.ts')).toBeUndefined()
  })

  it('keeps tables private: a module reads others through their public views', () => {
    const broken = sources
      .filter((file) => moduleOf(file) !== undefined)
      .flatMap((file) => foreignTables(file, read(file)).map((schema) => `${file} touches tables of ${schema}`))
    expect(broken).toEqual([])
    expect(foreignTables('server/src/modules/insight/index.ts', 'select * from cases."case"')).toEqual(['cases'])
    expect(foreignTables('server/src/modules/insight/index.ts', 'select * from cases_pub.case_fact')).toEqual([])
  })

  it('keeps SQL in stores, queries and seeds', () => {
    const broken = sources.filter((file) => moduleOf(file) !== undefined && !SQL_FILES.test(file)).filter((file) => /sql(<[^>]*>)?`/.test(read(file)))
    expect(broken).toEqual([])
  })

  it('gives every module a door, a README and a tier', () => {
    for (const module of architecture.tiers.flatMap((tier) => tier.modules)) {
      for (const name of ['index.ts', 'README.md']) expect(existsSync(join(REPOSITORY, 'server/src/modules', module, name)), `${module}/${name}`).toBe(true)
    }
    const modules = new Set(sources.flatMap((file) => moduleOf(file) ?? []))
    expect([...modules].filter((module) => tierOf(module) < 0)).toEqual([])
  })
})
