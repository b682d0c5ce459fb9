import { closed, Crs } from '@linli/contract/endpoint'
import { Type, type Static } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import { readJson } from '../import.ts'
import { CommandError } from '../output.ts'

const Column = Type.String({ minLength: 1 })
const Columns = Type.Union([Column, Type.Array(Column, { minItems: 1 })])

/** How the columns of a file become a report (列映射); `linli replay --help` explains each field. */
const ReplayMapSchema = closed({
  key: Type.Optional(Column),
  title: Type.Optional(Columns),
  text: Columns,
  lon: Type.Optional(Column),
  lat: Type.Optional(Column),
  crs: Type.Optional(Crs),
  saidAt: Type.Optional(Type.Union([Column, closed({ column: Column, format: Type.Optional(Column), timeZone: Type.Optional(Column) })])),
  address: Type.Optional(Columns),
  matter: Type.Optional(closed({ column: Column, values: Type.Optional(Type.Record(Type.String(), Type.String())) })),
  conditionRow: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), closed({ column: Column })])),
})
export type ReplayMap = Static<typeof ReplayMapSchema>

export const MAP_HELP = `
The map (JSON) names for each field of a report the column that holds it:
  key           column that tells the rows apart; without it the line number does
  title         column, or list of columns joined by " · "
  text          column, or list of columns joined by a line break (the only field that must be there)
  lon, lat      columns in degrees; both empty, or 0 and 0, mean that there is no position
  crs           coordinate system of the positions: wgs84 (unless said), gcj02 or cgcs2000
  saidAt        column with ISO 8601, or {"column": …, "format": "MM/DD/YYYY hh:mm:ss A", "timeZone": "America/New_York"};
                a time without offset is read in this zone, or else in the city's
  address       column, or list of columns joined by ", "
  matter        {"column": …, "values": {"their value": "key of a matter", "*": "key for every other value"}};
                without "values" the column holds keys; a value that is not listed has no matter
  conditionRow  number, or {"column": …}

Example:
  {"key": "id", "text": ["type", "notes"], "lon": "x", "lat": "y",
   "matter": {"column": "type", "values": {"Pothole": "local-event-0101"}}}
  linli replay requests.csv --map map.json

A city to try a file on, with the map that fits:
  linli replay requests.csv --make-city ./my-city --time-zone America/New_York
  LINLI_CITY=./my-city linli replay requests.csv --map ./my-city/map.json
`

/** Reads and checks a map against the columns of the file; throws MAP_INVALID and MAP_COLUMN_MISSING. */
export function readMap(file: string, columns: ReadonlySet<string>): ReplayMap {
  const value = readJson<unknown>(file)
  const valid = new Ajv({ allErrors: true, strict: false }).compile<ReplayMap>(ReplayMapSchema)
  if (!valid(value)) {
    const problems = (valid.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`)
    throw new CommandError('MAP_INVALID', `${file}: ${[...new Set(problems)].slice(0, 10).join('; ')}`, problems)
  }
  if ((value.lon === undefined) !== (value.lat === undefined)) throw new CommandError('MAP_INVALID', `${file}: lon and lat go together`)
  const missing = columnsOf(value).filter((column) => !columns.has(column))
  if (missing.length > 0)
    throw new CommandError('MAP_COLUMN_MISSING', `The file has no column ${missing.join(', ')}; it has ${[...columns].join(', ')}`, missing)
  return value
}

function columnsOf(map: ReplayMap): string[] {
  const saidAt = typeof map.saidAt === 'string' ? map.saidAt : map.saidAt?.column
  const conditionRow = typeof map.conditionRow === 'object' ? map.conditionRow.column : undefined
  return [map.key, map.title, map.text, map.lon, map.lat, saidAt, map.address, map.matter?.column, conditionRow].flat().filter((column) => column !== undefined)
}
