import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { connect, withConnection, type ConnectOptions } from './connect.ts'
import { CommandError, result } from './output.ts'

interface AreaOptions extends ConnectOptions {
  readonly crs: string
  readonly level?: string
  readonly kind?: string
}
interface MatterOptions extends ConnectOptions {
  readonly dryRun?: boolean
  readonly scheme?: string
  readonly map?: string
  readonly note?: string
}
interface MatterAnswer {
  edition: number | null
  matters: number
  conditions: number
  added: string[]
  removed: string[]
  changed: { key: string }[]
  unchanged: number
  warnings: { row: number | null; pointer: string; code: string }[]
  errors: { row: number | null; pointer: string; code: string; detail: string | null }[]
}

/** `linli import areas|matters|components FILE`. */
export function addImport(program: Command): void {
  const command = program.command('import').description('Import boundaries, a catalogue of matters, or city components; whole or not at all')
  withConnection(
    command
      .command('areas')
      .argument('<file>', 'GeoJSON FeatureCollection')
      .requiredOption('--crs <system>', 'coordinate system of the file: wgs84, gcj02 or cgcs2000')
      .option('--level <level>', 'level of the areas where the file does not say: district, street, community, grid')
      .option('--kind <kind>', 'kind of grid: basic, single, dedicated'),
  ).action(importAreas)
  withConnection(
    command
      .command('matters')
      .argument('<file>', 'CSV, .xlsx or JSON')
      .option('--dry-run', 'show the difference and publish nothing')
      .option('--scheme <scheme>', 'numbering: cjt214, gbt30428 or local')
      .option('--map <file>', 'JSON: our field -> their column')
      .option('--note <text>', 'what this edition is'),
  ).action(importMatters)
  withConnection(
    command
      .command('components')
      .argument('<file>', 'JSON array of {scheme, typeCode, name, lon, lat, code?, ownerUnit?, state?}')
      .requiredOption('--crs <system>', 'wgs84, gcj02 or cgcs2000'),
  ).action(importComponents)
}

/** The bytes of a file; FILE_MISSING where there is none. */
export function readFile(file: string): Buffer {
  if (!existsSync(file)) throw new CommandError('FILE_MISSING', `There is no file ${file}`)
  return readFileSync(file)
}

/** The JSON value of a file; FILE_NOT_JSON where it is none. */
export function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFile(file).toString('utf8')) as T
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError('FILE_NOT_JSON', `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function importAreas(file: string, options: AreaOptions): Promise<void> {
  const geojson = readJson<object>(file)
  const api = await connect(options)
  try {
    const answer = await api.call<Record<string, number>>('POST', '/api/v1/areas/import', {
      crs: options.crs,
      geojson,
      ...(options.level ? { level: options.level } : {}),
      ...(options.kind ? { gridKind: options.kind } : {}),
    })
    result(options.json, answer, [
      `${answer['added']} added, ${answer['changed']} changed, ${answer['unchanged']} unchanged; between them ${answer['gaps']} gaps and ${answer['overlaps']} overlaps`,
    ])
  } finally {
    await api.close()
  }
}

async function importMatters(file: string, options: MatterOptions): Promise<void> {
  const base64 = readFile(file).toString('base64')
  const mapping = options.map === undefined ? {} : { mapping: readJson<Record<string, string>>(options.map) }
  const api = await connect(options)
  try {
    const answer = await api.call<MatterAnswer>('POST', '/api/v1/matters/import', {
      fileName: basename(file),
      base64,
      publish: options.dryRun !== true,
      ...mapping,
      ...(options.scheme ? { scheme: options.scheme } : {}),
      ...(options.note ? { note: options.note } : {}),
    })
    const failed = answer.errors.length > 0
    result(options.json, { ...answer }, [
      `${answer.matters} matters, ${answer.conditions} condition rows: ${answer.added.length} added, ${answer.removed.length} removed, ${answer.changed.length} changed, ${answer.unchanged} unchanged`,
      ...answer.warnings.slice(0, 10).map((problem) => `  warning ${problem.code} ${problem.row === null ? '' : `row ${problem.row} `}${problem.pointer}`),
      ...answer.errors.slice(0, 20).map((problem) => `  error ${problem.code} row ${problem.row} ${problem.pointer} ${problem.detail ?? ''}`),
      answer.edition === null
        ? failed
          ? 'Nothing was published'
          : 'Nothing published (no difference, or --dry-run)'
        : `Published as edition ${answer.edition}`,
    ])
    if (failed) throw new CommandError('IMPORT_INVALID', `${answer.errors.length} errors; nothing was written`)
  } finally {
    await api.close()
  }
}

async function importComponents(file: string, options: AreaOptions): Promise<void> {
  const rows = readJson<unknown[]>(file)
  const api = await connect(options)
  try {
    const answer = await api.call<Record<string, number>>('POST', '/api/v1/components/import', { crs: options.crs, rows })
    result(options.json, answer, [`${answer['added']} added, ${answer['changed']} changed, ${answer['unchanged']} unchanged`])
  } finally {
    await api.close()
  }
}
