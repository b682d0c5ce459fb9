/**
 * Runs every benchmark, one after another, each in a process of its own; a failure of one is the exit status of all. The loop is measured
 * small and on the embedded database alone; docs/performance.md says how it is measured in full. Usage: npm run bench
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const BENCHMARKS = [['lookup'], ['clocks'], ['loop', '--database', 'embedded', '--sizes', '0,20000', '--parts', 'intake,lifecycles,reads']]

for (const [name = '', ...options] of BENCHMARKS) {
  console.log(`\n${name}`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...options], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
