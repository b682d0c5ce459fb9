import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generateCities } from './generate.ts'

// Writes the generated files of every city beside this folder: node cities/build/build.ts
for (const [path, text] of generateCities()) {
  const file = join(import.meta.dirname, '..', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`${path} ${text.length}`)
}
