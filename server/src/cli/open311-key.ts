import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { connect, withConnection, type Api, type ConnectOptions } from './connect.ts'
import { CommandError, result } from './output.ts'

interface KeyRow {
  id: string
  name: string
  contact: string
  perMinute: number
  createdAt: string
  revokedAt: string | null
}
const KEYS = '/api/v1/open311-keys'

/** `linli open311-key add|list|revoke`: the keys by which programs may report over Open311. */
export function addOpen311Key(program: Command): void {
  const command = program.command('open311-key').description('Keys by which programs may report over Open311 GeoReport v2')
  withConnection(
    command
      .command('add')
      .description('make a key; it is printed once and kept as a hash')
      .requiredOption('--name <name>', 'the program or organisation that reports')
      .requiredOption('--contact <contact>', 'whom to reach when its reports go wrong')
      .option('--per-minute <count>', 'how many reports a minute it may send (60 where nothing is said)'),
  ).action((options: ConnectOptions & { name: string; contact: string; perMinute?: string }) =>
    withApi(options, async (api) => {
      const perMinute = options.perMinute === undefined ? {} : { perMinute: countOf(options.perMinute) }
      const body = { name: options.name, contact: options.contact, ...perMinute }
      const made = await api.call<KeyRow & { key: string }>('POST', KEYS, body, { 'idempotency-key': randomUUID() })
      result(options.json, { ...made }, [`Key of ${made.name}, shown this once:`, made.key, `Revoke it with: linli open311-key revoke ${made.id}`])
    }),
  )
  withConnection(command.command('list').description('list the keys without showing them')).action((options: ConnectOptions) =>
    withApi(options, async (api) => {
      const { rows } = await api.call<{ rows: (KeyRow & { reports: number })[] }>('GET', KEYS)
      const lines = rows.map(
        (row) =>
          `${row.id}  ${row.revokedAt === null ? 'live' : `revoked ${row.revokedAt}`}  ${row.perMinute}/min  ${row.reports} reports  ${row.name} (${row.contact})`,
      )
      result(options.json, { rows }, lines.length > 0 ? lines : ['No key was made yet'])
    }),
  )
  withConnection(command.command('revoke').description('refuse a key from now on').argument('<id>', 'the id that `list` shows')).action(
    (id: string, options: ConnectOptions) =>
      withApi(options, async (api) => {
        const row = await api.call<KeyRow>('DELETE', `${KEYS}/${encodeURIComponent(id)}`)
        result(options.json, { ...row }, [`The key of ${row.name} is revoked since ${row.revokedAt}`])
      }),
  )
}

async function withApi(options: ConnectOptions, work: (api: Api) => Promise<void>): Promise<void> {
  const api = await connect(options)
  await work(api).finally(() => api.close())
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new CommandError('COUNT_INVALID', '--per-minute is a whole number from 1 to 100000')
  return Number(text)
}
