import { join } from 'node:path'
import type { Command } from 'commander'
import { migrationSources } from '../app.ts'
import { openDatabase, type Db } from '../platform/db/database.ts'
import { systemRuntime } from '../platform/runtime.ts'
import { openStore } from './backup/store.ts'
import { checkBlobs } from './doctor/check-blobs.ts'
import { checkAnchors, checkFitness, checkMigrations, checkQueues } from './doctor/check-database.ts'
import { checkBackup, checkDisk, checkFolder, checkKeys } from './doctor/check-machine.ts'
import { found, WORDS, type Finding, type Level } from './doctor/words.ts'
import { result } from './output.ts'

interface DoctorOptions {
  readonly full?: boolean
  readonly json?: boolean
}
/** What the doctor asks of modules. */
interface DoctorPorts {
  /** Open cases that wait for nobody. */
  readonly orphans?: (db: Db) => Promise<number>
}

/** The exit status of each level. */
const STATUS: Readonly<Record<Level, number>> = { ok: 0, warning: 1, error: 2 }
const MARK: Readonly<Record<Level, string>> = { ok: ' ok ', warning: 'warn', error: 'FAIL' }

/** `linli doctor`: looks at everything that can be wrong on this machine; ends with 0 where all is well, 1 with warnings, 2 with errors. */
export function addDoctor(program: Command, ports: DoctorPorts = {}): void {
  program
    .command('doctor')
    .description(
      'Check settings, data folder, disk, database, keys, anchors, photos and queues; also while the program runs. Exit status 0 well, 1 warnings, 2 errors',
    )
    .option('--full', 'read every photo instead of a sample')
    .option('--json', 'print one JSON object as the result')
    .action(async (options: DoctorOptions) => {
      const findings = await examine(options.full === true, ports)
      const worst = findings.reduce<Level>((level, finding) => (STATUS[finding.level] > STATUS[level] ? finding.level : level), 'ok')
      result(
        options.json,
        { level: worst, findings: findings.map((finding) => ({ ...finding, ...(finding.code === 'OK' ? {} : WORDS[finding.code]) })) },
        findings.flatMap(linesOf),
      )
      process.exitCode = STATUS[worst]
    })
}

function linesOf({ check, level, code, detail }: Finding): string[] {
  if (code === 'OK') return [`${MARK[level]}  ${check}: ${detail}`]
  const words = WORDS[code]
  return [`${MARK[level]}  ${check}: ${code} ${words.en} · ${words.zh} (${detail})`, `      → ${words.do}`]
}

/** Makes every check; one that cannot be made is itself a finding and keeps no other from being made. */
async function examine(full: boolean, ports: DoctorPorts): Promise<Finding[]> {
  const { now } = systemRuntime
  let store: Awaited<ReturnType<typeof openStore>>
  try {
    store = await openStore()
  } catch (error) {
    return [failed('data', error)]
  }
  const { db, pool } = openDatabase(store.connection, 2)
  const sources = migrationSources(join(import.meta.dirname, '..'))
  const checks: [name: string, check: () => Finding[] | Promise<Finding[]>][] = [
    ['data folder', () => checkFolder(store)],
    ['disk', () => checkDisk(store)],
    ['database', () => checkFitness(pool, now)],
    ['migrations', () => checkMigrations(pool, sources)],
    ['keys', () => checkKeys(store)],
    ['anchors', () => checkAnchors(db, store, now())],
    ['photos', () => checkBlobs(db, store, full)],
    ['queues', () => checkQueues(db, now(), ports.orphans)],
    ['backup', () => checkBackup(store, now())],
  ]
  const findings: Finding[] = []
  try {
    for (const [name, check] of checks) findings.push(...(await attempt(name, check)))
  } finally {
    await db.destroy()
    if (!pool.ended) await pool.end()
    await store.close()
  }
  return findings
}

async function attempt(name: string, check: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check()
  } catch (error) {
    return [failed(name, error)]
  }
}

function failed(name: string, error: unknown): Finding {
  const code = error instanceof Error && 'code' in error ? `${String(error.code)} ` : ''
  return found(name, 'CHECK_FAILED', `${code}${error instanceof Error ? error.message : String(error)}`)
}
