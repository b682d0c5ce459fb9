import { toWgs84 } from '@linli/lib/geo/crs'
import { CommandError } from '../output.ts'
import { readPosition, useOf, type LonLat } from '../replay/position.ts'
import { isBroken } from '../replay/record.ts'
import { KNOWN_FORMATS, timeReader } from '../replay/said-at.ts'
import { rowsOf, type Source } from '../replay/source.ts'
import type { Columns } from './guess-columns.ts'

/** What a file holds that a city must have. */
export interface Survey {
  /** WGS84. */
  readonly usable: readonly LonLat[]
  /** Each kind of matter with how often each owner (or '') stands beside it. */
  readonly matters: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly keysDistinct: boolean
  /** Format of the times; undefined is ISO 8601; null where most fit none. */
  readonly timeFormat: string | undefined | null
}

/** More kinds than this are free text and no list of kinds. */
const MOST_MATTERS = 5_000

/** Reads a file once for what a city needs of it; throws MATTER_COLUMN_UNFIT where nearly every row is a kind of its own. */
export async function surveyFile(source: Source, { map, owner }: Columns, timeZone: string): Promise<Survey> {
  const usable: LonLat[] = []
  const matters = new Map<string, Map<string, number>>()
  const keys = new Set<string>()
  const times = typeof map.saidAt === 'string' ? map.saidAt : map.saidAt?.column
  const formats = [undefined, ...KNOWN_FORMATS].map((format) => ({ format, read: timeReader(format, timeZone), fits: 0 }))
  let rows = 0
  let timed = 0
  for await (const row of rowsOf(source.file, source.format)) {
    if (isBroken(row)) continue
    rows += 1
    const cell = (column: string | undefined) => (column === undefined ? '' : (row.cells.get(column) ?? ''))
    keys.add(cell(map.key))
    const position = positionOf(cell(map.lon), cell(map.lat), map.crs)
    if (position && useOf(position) === 'usable') usable.push(position)
    const matter = cell(map.matter?.column)
    if (matter.trim() !== '') addTo(matters, matter, cell(owner).trim())
    if (matters.size > MOST_MATTERS)
      throw new CommandError('MATTER_COLUMN_UNFIT', `Column ${map.matter?.column} has more than ${MOST_MATTERS} different values; name another one in a map`)
    const said = cell(times).trim()
    if (said === '') continue
    timed += 1
    for (const format of formats) if (format.read(said) !== undefined) format.fits += 1
  }
  const [best] = formats.toSorted((one, other) => other.fits - one.fits)
  return {
    usable,
    matters,
    keysDistinct: map.key !== undefined && keys.size === rows && !keys.has(''),
    timeFormat: best && best.fits >= timed * 0.9 && timed > 0 ? best.format : null,
  }
}

function positionOf(lonText: string, latText: string, crs: 'wgs84' | 'gcj02' | 'cgcs2000' = 'wgs84'): LonLat | undefined {
  const said = readPosition(lonText, latText)
  if (said === undefined || said === 'invalid' || Math.abs(said.lon) > 180 || Math.abs(said.lat) > 90) return undefined
  // A rounded position stays rounded: converted, it would look exact.
  if (useOf(said) !== 'usable') return said
  const [lon, lat] = toWgs84(said.lon, said.lat, crs)
  return { lon, lat }
}

function addTo(matters: Map<string, Map<string, number>>, matter: string, owner: string): void {
  const owners = matters.get(matter) ?? new Map<string, number>()
  owners.set(owner, (owners.get(owner) ?? 0) + 1)
  matters.set(matter, owners)
}
