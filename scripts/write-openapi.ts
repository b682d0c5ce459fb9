import { readFileSync, writeFileSync } from 'node:fs'
import { allEndpoints } from '@linli/contract/endpoints/all'
import { openApiOf } from '@linli/contract/openapi'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
writeFileSync(new URL('../contract/openapi.json', import.meta.url), `${JSON.stringify(openApiOf(allEndpoints, version), null, 2)}\n`)
