import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../../../../../shared/data/', import.meta.url))

/**
 * A file of the real data beside the repository, or undefined with a printed reason where it is absent; throws instead when
 * LINLI_REQUIRE names `data`.
 */
export function sharedData(path: string): Uint8Array | undefined {
  const file = `${FOLDER}${path}`
  if (existsSync(file)) return readFileSync(file)
  const reason = `skipped: ../shared/data/${path} is not there`
  if ((process.env['LINLI_REQUIRE'] ?? '').split(',').includes('data')) throw new Error(reason)
  console.info(reason)
  return undefined
}
