// Builds the web applications when what they are made of has changed since the last build; `npm start` runs this each time.
import { fileURLToPath } from 'node:url'
import { buildStale } from './build-web/build-stale.ts'

try {
  await buildStale(fileURLToPath(new URL('..', import.meta.url)), (text) => console.error(`linli: ${text}`))
} catch (error) {
  console.error(`linli: WEB_BUILD_FAILED: the web cannot be built; correct this and start again:\n${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
