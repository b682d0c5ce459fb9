import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const ROOT = join(import.meta.dirname, '../..')
const fromServer = createRequire(join(ROOT, 'server/package.json'))
const versionOf = (name: string) => (JSON.parse(readFileSync(fromServer.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version

/** What a figure depends on and a reader cannot see. */
export function machine(): Record<string, string | number> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    fastify: versionOf('fastify'),
    pg: versionOf('pg'),
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}

/** The share of the processors that others use while we rest, over one second: above a few hundredths a figure is too low. */
export async function othersShare(): Promise<number> {
  const read = () =>
    cpus().reduce((sum, { times }) => ({ idle: sum.idle + times.idle, all: sum.all + times.user + times.nice + times.sys + times.irq + times.idle }), {
      idle: 0,
      all: 0,
    })
  const before = read()
  await sleep(1_000)
  const after = read()
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all)
}
