import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const SOURCES = ['web', 'contract', 'lib', 'package-lock.json']
const NOT_SOURCES = new Set(['node_modules', 'dist'])
const STAMP = '.linli-build'

/** Builds one application (absolute path) into a folder. */
type Build = (application: string, outDir: string) => Promise<void>

/**
 * Builds what is stale below `web/` and returns the names of the applications built; within 100 ms when there is nothing to do.
 * Throws Vite's error when a build fails; the last good build stays in its place then.
 */
export async function buildStale(root: string, tell: (text: string) => void, build: Build = buildWithVite): Promise<string[]> {
  const applications = listApplications(join(root, 'web'))
  if (applications.length === 0) {
    tell('there is no web application to build (no web/*/vite.config.ts)')
    return []
  }
  const digest = digestSources(root)
  const stale = applications.filter((application) => readStamp(application) !== digest)
  for (const application of stale) {
    const name = relative(root, application)
    const since = performance.now()
    tell(`building ${name} …`)
    await buildAside(root, application, digest, build)
    tell(`${name} is built (${((performance.now() - since) / 1000).toFixed(1)} s)`)
  }
  return stale.map((application) => relative(root, application))
}

/** Builds beside the served folder and swaps it in when complete, so that a failed or doubled build never leaves half a screen. */
async function buildAside(root: string, application: string, digest: string, build: Build): Promise<void> {
  const aside = join(root, 'node_modules', '.linli-web', String(process.pid))
  const dist = join(application, 'dist')
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  try {
    await build(application, aside)
    writeFileSync(join(aside, STAMP), digest)
    rmSync(dist, { recursive: true, force: true })
    renameSync(aside, dist)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function buildWithVite(application: string, outDir: string): Promise<void> {
  const { build } = await import('vite')
  // A test runner says "test" here, and React would be built for development: larger, slower, and served from then on.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ root: application, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

function listApplications(web: string): string[] {
  if (!existsSync(web)) return []
  return readdirSync(web)
    .map((name) => join(web, name))
    .filter((folder) => existsSync(join(folder, 'vite.config.ts')))
}

function readStamp(application: string): string | undefined {
  const file = join(application, 'dist', STAMP)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function digestSources(root: string): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((name) => listFiles(join(root, name))).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (found.isFile()) return [path]
  const names = readdirSync(path).filter((name) => !NOT_SOURCES.has(name) && !/\.test\.tsx?$/.test(name))
  return names.flatMap((name) => listFiles(join(path, name)))
}
