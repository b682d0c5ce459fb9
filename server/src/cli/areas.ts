import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { connect, withConnection, type Api, type ConnectOptions } from './connect.ts'
import { readJson } from './import.ts'
import { CommandError, result } from './output.ts'

interface ChangeOptions extends ConnectOptions {
  readonly dryRun?: boolean
  readonly reason?: string
  readonly crs?: string
  readonly acceptFaults?: boolean
}
interface Report {
  areas: { code: string; change: string; successors: string[] }[]
  fits: { kind: string; parentCode: string | null; gaps: unknown[]; overlaps: unknown[] }[]
  clean: boolean
  moved: { what: string; from: string | null; to: string | null; count: number }[]
  totals: { what: string; before: number; after: number; moving: number }[]
}

/** `linli areas edit|merge|undo`: changes of areas and grids over time, each with a preview and a stored report. */
export function addAreas(program: Command): void {
  const command = program.command('areas').description('Change boundaries, merge grids (多格合一), or undo a change; what stands there follows and is counted')
  const change = (name: string, description: string) =>
    withConnection(command.command(name).argument('<file>', description))
      .option('--dry-run', 'show what would change and write nothing')
      .option('--reason <text>', 'why; needed unless --dry-run')
  change('merge', 'JSON list of {from: [grid codes], name, code?}').action((file: string, options: ChangeOptions) =>
    apply('/api/v1/grids/merge', { merges: readJson<unknown[]>(file) }, options),
  )
  change('edit', 'JSON list of {code, version, name?, geometry?}')
    .requiredOption('--crs <system>', 'coordinate system of the geometries: wgs84, gcj02 or cgcs2000')
    .option('--accept-faults', 'apply although gaps or overlaps are left')
    .action((file: string, options: ChangeOptions) =>
      apply('/api/v1/areas/boundaries', { crs: options.crs, edits: readJson<unknown[]>(file) }, options, options.acceptFaults ? { acceptFaults: true } : {}),
    )
  withConnection(command.command('undo').argument('<id>', 'id of the change')).requiredOption('--reason <text>', 'why').action(undo)
}

async function apply(path: string, wish: object, options: ChangeOptions, more: object = {}): Promise<void> {
  if (!options.dryRun && options.reason === undefined) throw new CommandError('REASON_MISSING', 'Give --reason, or --dry-run to look first')
  const api = await connect(options)
  try {
    if (options.dryRun) show(options, { report: await api.call<Report>('POST', `${path}/preview`, wish) })
    else show(options, await post(api, path, { ...wish, ...more, reason: options.reason }))
  } finally {
    await api.close()
  }
}

async function undo(id: string, options: ConnectOptions & { readonly reason: string }): Promise<void> {
  const api = await connect(options)
  try {
    show(options, await post(api, `/api/v1/area-changes/${encodeURIComponent(id)}/undo`, { reason: options.reason }))
  } finally {
    await api.close()
  }
}

const post = (api: Api, path: string, body: object) => api.call<{ id: string; report: Report }>('POST', path, body, { 'idempotency-key': randomUUID() })

function show(options: ConnectOptions, { id, report }: { readonly id?: string; readonly report: Report }): void {
  const faults = report.fits.flatMap((fit) =>
    fit.gaps.length + fit.overlaps.length === 0 ? [] : [`  ${fit.kind} ${fit.parentCode ?? ''}: ${fit.gaps.length} gaps, ${fit.overlaps.length} overlaps`],
  )
  const count = (change: string) => report.areas.filter((area) => area.change === change).length
  result(options.json, { id: id ?? null, ...report }, [
    `${count('added')} added, ${count('changed')} changed, ${count('ended')} ended; ${report.clean ? 'no gap, no overlap' : 'faults:'}`,
    ...faults,
    ...report.totals.map((row) => `  ${row.what}: ${row.before} before, ${row.after} after, ${row.moving} moving`),
    id === undefined ? 'Nothing was written (--dry-run)' : `Applied as change ${id}`,
  ])
}
