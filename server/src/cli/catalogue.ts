import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { connect, withConnection, type ConnectOptions } from './connect.ts'
import { CommandError, result } from './output.ts'

interface MigrateOptions extends ConnectOptions {
  readonly matter?: readonly string[]
  readonly reason?: string
}
interface Row {
  matterKey: string
  matterName: string
  fromEdition: number
  openCases: number
  how: string
  conditions: { from: number; to: number | null; openCases: number; limitBefore: string; limitAfter: string | null; how: string }[]
}

/** `linli migrate-cases EDITION`: shows open cases on older editions, and moves those of the matters named. */
export function addCatalogue(program: Command): void {
  withConnection(
    program
      .command('migrate-cases')
      .argument('<edition>', 'the edition to move to')
      .description('Show open cases on older editions of the catalogue, or move those of chosen matters'),
  )
    .option('--matter <key...>', 'matters whose open cases move, row by row as shown; without it nothing moves')
    .option('--reason <text>', 'why; needed with --matter')
    .action(migrate)
}

async function migrate(edition: string, options: MigrateOptions): Promise<void> {
  if (options.matter && options.reason === undefined) throw new CommandError('REASON_MISSING', 'Give --reason with --matter')
  const path = `/api/v1/matter-editions/${encodeURIComponent(edition)}/migration`
  const api = await connect(options)
  try {
    const { rows } = await api.call<{ rows: Row[] }>('GET', path)
    const chosen = rows.filter((row) => options.matter?.includes(row.matterKey) && row.how !== 'removed')
    if (chosen.length === 0) {
      result(options.json, { rows }, [
        ...rows.map((row) => `${row.matterKey} ${row.matterName}: ${row.openCases} open on edition ${row.fromEdition}, ${row.how}`),
        options.matter ? 'None of these matters has open cases that can move' : 'Nothing moved; name matters with --matter',
      ])
      return
    }
    const choices = chosen.map((row) => ({
      matterKey: row.matterKey,
      fromEdition: row.fromEdition,
      rowMap: row.conditions.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }])),
    }))
    const moved = await api.call<{ rows: { matterKey: string; cases: number; left: number }[] }>(
      'POST',
      path,
      { reason: options.reason, choices },
      { 'idempotency-key': randomUUID() },
    )
    result(
      options.json,
      { ...moved },
      moved.rows.map((row) => `${row.matterKey}: ${row.cases} moved, ${row.left} left where they were`),
    )
  } finally {
    await api.close()
  }
}
