/** Runs every benchmark, one after another, each in a process of its own; a failure of one is the exit status of all. Usage: npm run bench */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

for (const name of ['lookup', 'clocks', 'intake']) {
  console.log(`\n${name}`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
