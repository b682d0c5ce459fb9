import { createHash } from 'node:crypto'
import type { BodyOf } from '@linli/contract/endpoint'
import type { intake } from '@linli/contract/endpoints/intake'
import type { ReplayMap } from './mapping.ts'
import { readPosition, useOf, type PositionUse } from './position.ts'
import type { Broken, Row } from './record.ts'
import { timeReader } from './said-at.ts'

/** A row as it is sent. */
export interface Prepared {
  readonly line: number
  /** The Idempotency-Key. */
  readonly key: string
  readonly position: PositionUse
  readonly body: BodyOf<typeof intake.report>
}

/** Longest texts that the contract takes, in characters. */
const MOST = { title: 200, text: 20_000, address: 500 } as const

/** A function that makes reports of rows under a map. `name` stands in every key; local times without a zone of their own are read in `timeZone`. Throws TimeError ZONE_UNKNOWN. */
export function reportMaker(map: ReplayMap, name: string, timeZone: string): (row: Row) => Prepared | Broken {
  const saidAt = typeof map.saidAt === 'string' ? { column: map.saidAt } : map.saidAt
  const readTime = timeReader(saidAt?.format, saidAt?.timeZone ?? timeZone)
  return (row) => {
    const broken = (code: Broken['code'], field: string, detail: string): Broken => ({ line: row.line, code, field, detail: detail.slice(0, 200) })
    const cell = (column: string | undefined) => (column === undefined ? '' : (row.cells.get(column) ?? ''))
    const joined = (columns: string | string[] | undefined, between: string) =>
      [columns ?? []]
        .flat()
        .map(cell)
        .filter((text) => text.trim() !== '')
        .join(between)

    const texts = { title: joined(map.title, ' · '), text: joined(map.text, '\n'), address: joined(map.address, ', ') }
    for (const field of ['title', 'text', 'address'] as const) {
      const length = [...texts[field]].length
      if (length > MOST[field]) return broken('TEXT_TOO_LONG', field, `${length} characters, at most ${MOST[field]}`)
    }
    const position = readPosition(cell(map.lon), cell(map.lat))
    if (position === 'invalid') return broken('POSITION_INVALID', 'position', `${cell(map.lon)}, ${cell(map.lat)}`)
    const said = cell(saidAt?.column).trim()
    const instant = said === '' ? undefined : readTime(said)
    if (said !== '' && instant === undefined) return broken('TIME_INVALID', 'saidAt', said)
    const conditionRow = conditionOf(map.conditionRow, cell)
    if (conditionRow !== undefined && !(Number.isInteger(conditionRow) && conditionRow > 0))
      return broken('CONDITION_INVALID', 'conditionRow', String(conditionRow))
    const matter = matterOf(map.matter, cell)
    return {
      line: row.line,
      key: keyOf(name, cell(map.key).trim(), row.line),
      position: useOf(position),
      body: {
        channel: 'replay',
        text: texts.text,
        ...(texts.title === '' ? {} : { title: texts.title }),
        ...(texts.address === '' ? {} : { address: texts.address }),
        ...(position ? { position: { ...position, crs: map.crs ?? 'wgs84' } } : {}),
        ...(instant === undefined ? {} : { saidAt: instant }),
        ...(matter === undefined ? {} : { matter }),
        ...(matter === undefined || conditionRow === undefined ? {} : { conditionRow }),
      },
    }
  }
}

/** `replay:<name>:<row key>`; a row key that a header cannot carry is digested, and a row without one goes by its line. */
export function keyOf(name: string, rowKey: string, line: number): string {
  if (rowKey === '') return `replay:${name}:row:${line}`
  const carried = /^[\w.:/-]{1,100}$/.test(rowKey) ? rowKey : `sha256:${createHash('sha256').update(rowKey).digest('hex')}`
  return `replay:${name}:${carried}`
}

function matterOf(map: ReplayMap['matter'], cell: (column: string) => string): string | undefined {
  if (!map) return undefined
  const value = cell(map.column)
  const key = map.values ? (own(map.values, value) ?? (value.trim() === '' ? undefined : own(map.values, '*'))) : value.trim()
  return key === '' ? undefined : key
}

function conditionOf(map: ReplayMap['conditionRow'], cell: (column: string) => string): number | undefined {
  if (typeof map !== 'object') return map
  const text = cell(map.column).trim()
  return text === '' ? undefined : Number(text)
}

/** A file's value may be called `constructor`. */
const own = (values: Readonly<Record<string, string>>, value: string) => (Object.hasOwn(values, value) ? values[value] : undefined)
