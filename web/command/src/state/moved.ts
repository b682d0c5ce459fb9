import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import { isEnded } from '@linli/web-shared/ui'

type Pins = AnswerOf<typeof cases.listPins>

/** A `case.moved` event as the stream sends it; the state is there only on the last line of a command. */
export interface Moved {
  readonly id: string
  readonly number: string
  readonly seq: number
  readonly move: string
  readonly areaPath: string
  readonly lon: number | null
  readonly lat: number | null
  readonly matterName: string | null
  readonly state: string | undefined
  readonly step: string | undefined
  readonly overdue: boolean
  readonly at: string
}

/** Reads an event's data; undefined where it is not of that shape. */
export function readMoved(data: unknown): Moved | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const value = data as Readonly<Record<string, unknown>>
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : undefined)
  const number = (name: string) => (typeof value[name] === 'number' ? value[name] : null)
  const [id, caseNumber, at, seq] = [text('id'), text('number'), text('at'), number('seq')]
  if (id === undefined || caseNumber === undefined || at === undefined || seq === null) return undefined
  return {
    id,
    number: caseNumber,
    seq,
    move: text('move') ?? '',
    areaPath: text('areaPath') ?? '',
    lon: number('lon'),
    lat: number('lat'),
    matterName: text('matterName') ?? null,
    state: text('state'),
    step: text('step'),
    overdue: value['overdue'] === true,
    at,
  }
}

/** A screen that runs for days keeps no more pins than this; `complete` then says that there are more. */
export const MOST_PINS = 3_000
/** Ended cases stay on the map for a day, as the server shows them. */
const ENDED_FOR_MS = 86_400_000

/**
 * The pins after some moves, in one pass: changed in place, new ones on top; events without a state or a place change none. What ended a day
 * before `now` (milliseconds since 1970) goes, and beyond `MOST_PINS` the ended ones go first, then the longest unmoved.
 */
export function movePins(pins: Pins, moves: readonly Moved[], now: number): Pins {
  const changed = new Map<string, Pins['rows'][number]>()
  for (const { id, number, state, step, overdue, lon, lat, matterName, at } of moves)
    if (state !== undefined && step !== undefined && lon !== null && lat !== null)
      changed.set(id, { id, number, state, step, overdue, lon, lat, matterName, at })
  if (changed.size === 0) return pins
  const known = pins.rows.map((row) => {
    const next = changed.get(row.id)
    changed.delete(row.id)
    return next ?? row
  })
  const rows = [...[...changed.values()].toReversed(), ...known].filter((row) => !isEnded(row.state) || now - Date.parse(row.at) < ENDED_FOR_MS)
  if (rows.length <= MOST_PINS) return { ...pins, rows }
  const newest = rows.toSorted((one, other) => Number(isEnded(one.state)) - Number(isEnded(other.state)) || (one.at < other.at ? 1 : -1))
  return { rows: newest.slice(0, MOST_PINS), complete: false }
}
