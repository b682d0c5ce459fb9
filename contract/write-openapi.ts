import { readFileSync, writeFileSync } from 'node:fs'
import { allEndpoints } from './endpoints/all.ts'
import { openApiOf } from './openapi.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
writeFileSync(new URL('openapi.json', import.meta.url), `${JSON.stringify(openApiOf(allEndpoints, version), null, 2)}\n`)
