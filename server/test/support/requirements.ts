import { existsSync } from 'node:fs'
import { join } from 'node:path'

const required = new Set((process.env['LINLI_REQUIRE'] ?? '').split(',').filter((name) => name !== ''))

/** True where a thing that tests need is there; says why it skips, or fails where LINLI_REQUIRE names it. */
function there(name: string, found: boolean, why: string): boolean {
  if (found) return true
  if (required.has(name)) throw new Error(`LINLI_REQUIRE has "${name}", but ${why}`)
  console.log(`skipped: ${why}`)
  return false
}

export const DATA_FOLDER = join(import.meta.dirname, '../../../../shared/data')

/** The real data that tests may read, beside the repository. */
export const sharedData = () => there('data', existsSync(DATA_FOLDER), '../shared/data is not there')
/** A PostgreSQL of one's own, by URL. */
export const externalPostgres = () => there('postgres', process.env['LINLI_TEST_DATABASE_URL'] !== undefined, 'LINLI_TEST_DATABASE_URL is not set')
export const CHROMIUM =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? process.env['LINLI_CHROMIUM']
export const chromium = () => there('chromium', CHROMIUM !== undefined, 'no Chromium is installed')
