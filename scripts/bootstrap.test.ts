import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** Stands in for npm: writes down how it is called, and takes half a second to install. */
const FAKE_NPM = `
const { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs')
appendFileSync('npm.log', process.argv[2] + '\\n')
if (process.argv[2] === 'view' || process.argv.includes('--offline')) process.exit(existsSync('offline') ? 1 : 0)
rmSync('node_modules', { recursive: true, force: true })
setTimeout(() => mkdirSync('node_modules'), 500)
`
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'linli-bootstrap-'))
  cpSync(fileURLToPath(new URL('.', import.meta.url)), join(root, 'scripts'), { recursive: true })
  write(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } } }),
  )
  write('npm/npm-cli.js', FAKE_NPM)
  write('npm/package.json', '{}')
  write('server/src/cli/linli.mjs', "console.log('linli', ...process.argv.slice(2)); process.exitCode = 3")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function bootstrap(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), ...args], {
    cwd: root,
    env: { PATH: '/nowhere', TMPDIR: tmpdir(), npm_execpath: join(root, 'npm/npm-cli.js'), ...env },
  })
}

async function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

const npmCalls = () => (existsSync(join(root, 'npm.log')) ? readFileSync(join(root, 'npm.log'), 'utf8').trim().split('\n') : [])

test('the first command installs without npm on PATH, runs and keeps the exit code; the next one does not install again', async () => {
  const first = await finish(bootstrap(['linli', 'verify', '--anchor', 'x']))
  expect(first).toMatchObject({ code: 3, output: expect.stringContaining('linli verify --anchor x') })
  expect(npmCalls()).toEqual(['view', 'ci'])
  await finish(bootstrap(['linli']))
  expect(npmCalls()).toEqual(['view', 'ci'])
})

test('a changed lock file is installed anew', async () => {
  await finish(bootstrap(['linli']))
  write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }))
  await finish(bootstrap(['linli']))
  expect(npmCalls().filter((call) => call === 'ci')).toHaveLength(2)
})

test('two starts at once install once', async () => {
  const both = await Promise.all([finish(bootstrap(['linli'])), finish(bootstrap(['linli']))])
  expect(both.map(({ code }) => code)).toEqual([3, 3])
  expect(npmCalls().filter((call) => call === 'ci')).toHaveLength(1)
})

test('packages that somebody installed by hand are taken as they are when they match the lock', async () => {
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }))
  expect((await finish(bootstrap(['linli']))).code).toBe(3)
  expect(npmCalls()).toEqual([])
})

test('a registry that does not answer is named with the way out, and packages that are there stay', async () => {
  write('offline', '')
  write('node_modules/kept', '')
  const { code, output } = await finish(bootstrap(['linli']))
  expect(code).toBe(1)
  expect(output).toContain('REGISTRY_UNREACHABLE')
  expect(output).toContain('npm config set registry')
  expect(existsSync(join(root, 'node_modules/kept'))).toBe(true)
  expect((await finish(bootstrap(['linli'], { LINLI_SKIP_INSTALL: '1' }))).code).toBe(3)
})

test('a signal reaches the program, and its own exit code comes back', async () => {
  write('node_modules/x', '')
  write('server/src/cli/linli.mjs', "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')")
  const child = bootstrap(['linli'], { LINLI_SKIP_INSTALL: '1' })
  child.stdout?.once('data', () => child.kill('SIGTERM'))
  expect((await finish(child)).code).toBe(7)
})

test("when npm's shell is gone the program is stopped", async () => {
  write('node_modules/x', '')
  write(
    'server/src/cli/linli.mjs',
    "import { writeFileSync } from 'node:fs'; process.on('SIGTERM', () => { writeFileSync('stopped', ''); process.exit() }); setInterval(() => {}, 1000); console.log('up')",
  )
  const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" scripts/bootstrap.mjs linli; true`], {
    cwd: root,
    env: { LINLI_SKIP_INSTALL: '1', npm_lifecycle_event: 'start' },
  })
  shell.stdout.once('data', () => shell.kill('SIGKILL'))
  // Its output stays open until the last process below it has ended.
  await once(shell, 'close')
  expect(existsSync(join(root, 'stopped'))).toBe(true)
})

test('start goes on to the program when the web is in order, and not when its build fails', async () => {
  expect(await finish(bootstrap(['start'], { LINLI_SKIP_INSTALL: '1' }))).toMatchObject({ code: 3, output: expect.stringContaining('linli start') })
  write('web/command/vite.config.ts', 'broken')
  const failed = await finish(bootstrap(['start'], { LINLI_SKIP_INSTALL: '1' }))
  expect(failed).toMatchObject({ code: 1, output: expect.stringContaining('WEB_BUILD_FAILED') })
  expect(failed.output).not.toContain('linli start')
})

test('an unknown verb is refused with the known ones', async () => {
  expect(await finish(bootstrap(['sart']))).toMatchObject({ code: 1, output: expect.stringContaining('start, test, linli') })
})
