import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { TimeError } from '@linli/lib/time/errors'
import { readZone } from '@linli/lib/time/zone'
import type { Command } from 'commander'
import { CommandError, result } from './output.ts'
import { cityFiles } from './make-city/city-files.ts'
import { extentOf } from './make-city/extent.ts'
import { guessColumns, type Columns } from './make-city/guess-columns.ts'
import { surveyFile, type Survey } from './make-city/survey.ts'
import { readMap, type ReplayMap } from './replay/mapping.ts'
import { inspect } from './replay/source.ts'

export interface MakeCityOptions {
  readonly makeCity?: string
  readonly timeZone?: string
  readonly cityName?: string
  readonly division?: string
  readonly ownerColumn?: string
  readonly map?: string
  readonly json?: boolean
}

/** Adds the options by which `linli replay` makes a city for a file. */
export function addMakeCityOptions(command: Command): Command {
  return command
    .option(
      '--make-city <dir>',
      'send nothing; make a city folder that fits the file (its frame, its kinds as matters, its owners) and the map; with --map its columns are taken, else they are guessed by name',
    )
    .option('--time-zone <zone>', 'with --make-city: IANA time zone of the file, such as America/New_York')
    .option('--city-name <name>', 'with --make-city: what the city is called')
    .option('--owner-column <column>', 'with --make-city: who puts it right')
    .option('--division <code>', 'with --make-city: six digits of the city', '990200')
}

/** Makes a city folder from a file of reports, whole or not at all. Throws CITY_FOLDER_NOT_EMPTY, TIME_ZONE_MISSING, COLUMNS_UNKNOWN and what reading the file throws. */
export async function makeCity(file: string, folder: string, options: MakeCityOptions): Promise<void> {
  const timeZone = checkedZone(options.timeZone)
  const division = options.division ?? ''
  if (!/^\d{4}00$/.test(division)) throw new CommandError('DIVISION_INVALID', `--division ${division}: six digits that end in 00 are needed`)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CommandError('CITY_FOLDER_NOT_EMPTY', `${folder} is not empty; name another folder`)
  const source = await inspect(file)
  const columns = columnsOf(source.columns, options)
  const survey = await surveyFile(source, columns, timeZone)
  const map = fittingMap(columns.map, survey, timeZone)
  const extent = extentOf(survey.usable)
  const base = basename(file).replace(/\.[^.]*$/, '')
  const plan = { code: codeOf(options.cityName ?? base, base), name: options.cityName ?? base, division, timeZone, extent }
  writeFolder(folder, cityFiles(plan, survey, map))
  const outside = extent ? survey.usable.filter(({ lon, lat }) => lon < extent[0] || lat < extent[1] || lon > extent[2] || lat > extent[3]).length : 0
  const owners = new Set([...survey.matters.values()].flatMap((counts) => [...counts.keys()]).filter((name) => name !== '')).size
  const facts = {
    folder: resolve(folder),
    city: plan.code,
    division,
    timeZone,
    extent: extent ?? null,
    rows: source.rows,
    usablePositions: survey.usable.length,
    outside,
    matters: survey.matters.size,
    owners,
    map: join(resolve(folder), 'map.json'),
  }
  result(options.json, facts, [
    `City ${plan.code} in ${facts.folder}: ${facts.matters} matters, ${owners} owners; ${extent ? `${extent.join(' ')} around ${facts.usablePositions} usable positions, ${outside} too far out` : 'no positions, so the city has no districts'}`,
    `Columns: ${JSON.stringify({ ...map, ...(columns.owner === undefined ? {} : { owner: columns.owner }) })}`,
    `Now: LINLI_CITY=${facts.folder} linli replay ${file} --map ${facts.map}`,
  ])
}

function checkedZone(timeZone: string | undefined): string {
  if (timeZone === undefined) throw new CommandError('TIME_ZONE_MISSING', 'Name the time zone of the file with --time-zone, such as Asia/Shanghai')
  try {
    readZone(timeZone, 0, 0)
    return timeZone
  } catch (error) {
    if (!(error instanceof TimeError)) throw error
    throw new CommandError(error.code, `There is no time zone ${timeZone}`)
  }
}

function columnsOf(names: ReadonlySet<string>, options: MakeCityOptions): Columns {
  const guessed = guessColumns(names)
  const map = options.map === undefined ? guessed?.map : readMap(options.map, names)
  if (!map) throw new CommandError('COLUMNS_UNKNOWN', `None of ${[...names].join(', ')} looks like a text or a kind of matter; name the columns with --map`)
  const owner = options.ownerColumn ?? guessed?.owner
  if (owner !== undefined && !names.has(owner)) throw new CommandError('MAP_COLUMN_MISSING', `The file has no column ${owner}; it has ${[...names].join(', ')}`)
  return { map, owner }
}

/** The map without a key that does not tell rows apart, and with the format of the times. */
function fittingMap({ key, saidAt, ...map }: ReplayMap, survey: Survey, timeZone: string): ReplayMap {
  const column = typeof saidAt === 'string' ? saidAt : saidAt?.column
  const format = survey.timeFormat
  return {
    ...(key !== undefined && survey.keysDistinct ? { key } : {}),
    ...map,
    ...(column === undefined || format === null ? {} : { saidAt: { column, ...(format === undefined ? {} : { format }), timeZone } }),
  }
}

function codeOf(...names: readonly string[]): string {
  const codes = names.map((name) =>
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[^a-z]+|-+$/g, '')
      .slice(0, 30),
  )
  return codes.find((code) => code.length > 1) ?? 'made-city'
}

/** Writes beside the folder first and gives it its name last. */
function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const target = resolve(folder)
  mkdirSync(dirname(target), { recursive: true })
  const making = mkdtempSync(`${target}.`)
  try {
    for (const [name, text] of files) writeFileSync(join(making, name), text)
    renameSync(making, target)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    throw error
  }
}
