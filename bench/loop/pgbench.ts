import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { insertsOf, together, type SameRows, type Value } from '../../server/test/support/insert-floor.ts'
import { CONNECTIONS } from './windows.ts'
import type { Cluster } from './cluster.ts'

const ID = (name: string) =>
  `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex((:${name})::bigint), 16, '0'))`
const SETS = ['a', 'b', 'c'].map((name) => `\\set ${name} random(1, 9223372036854775806)`).join('\n')
const literal = (text: string) => `'${text.replaceAll("'", "''").replaceAll(':', "' || chr(58) || '")}'`

/** Transactions a second of PostgreSQL's own load generator with the same rows: the database alone, no HTTP, no program. */
export function pgbench(
  cluster: Cluster,
  database: string,
  folder: string,
  rows: SameRows,
  kind: 'six round trips' | 'one statement',
  seconds: number,
): number {
  const script = join(folder, `${kind.replaceAll(' ', '-')}.sql`)
  writeFileSync(script, `${SETS}\n${kind === 'one statement' ? one(rows) : six(rows)}\n`)
  const { stdout, stderr } = spawnSync(
    join(cluster.bin, 'pgbench'),
    [
      '-h',
      '127.0.0.1',
      '-p',
      String(cluster.port),
      '-U',
      'linli',
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CONNECTIONS),
      '-j',
      '1',
      '-T',
      String(seconds),
      '-f',
      script,
      database,
    ],
    { encoding: 'utf8' },
  )
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (rate === undefined || /failed transactions: [1-9]|aborted/.test(stdout + stderr)) throw new Error(`pgbench did not run: ${stdout}${stderr}`)
  return Number(rate)
}

/** pgbench knows integers alone: ids come from three random ones and the clock, everything else stands in the text. */
function written(value: Value, type: string): string {
  if ('constant' in value) return value.constant === null ? 'null' : `(${literal(value.constant)})::${type}`
  const forms = {
    case: `${ID('a')}::${type}`,
    report: `${ID('b')}::${type}`,
    audit: `${ID('c')}::${type}`,
    key: ID('a'),
    number: ID('a'),
    receipt: ID('b'),
    now: 'now()',
  }
  return forms[value.slot]
}

const one = (rows: SameRows) => `${together(insertsOf(rows, written))};`

/** As a hand-written transaction has them: BEGIN, the case with its lines and words, the deadline with the event, the report with its contact, key and audit, COMMIT. */
const six = (rows: SameRows) => {
  const inserts = insertsOf(rows, written)
  const groups = [inserts.slice(0, 3), inserts.slice(3, 5), inserts.slice(5, 7), inserts.slice(7)]
  return ['begin;', ...groups.map((group) => `${together(group)};`), 'commit;'].join('\n')
}
