import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'

type Pins = AnswerOf<typeof cases.listPins>

/** A `case.moved` event as the stream sends it; the state is there only on the last line of a command. */
export interface Moved {
  readonly id: string
  readonly number: string
  readonly seq: number
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
    lon: number('lon'),
    lat: number('lat'),
    matterName: text('matterName') ?? null,
    state: text('state'),
    step: text('step'),
    overdue: value['overdue'] === true,
    at,
  }
}

/** The pins after a move: changed in place, or one more on top; an event without a state or a place changes none. */
export function movePin(pins: Pins, moved: Moved): Pins {
  const { state, step, lon, lat } = moved
  if (state === undefined || step === undefined || lon === null || lat === null) return pins
  const pin = { id: moved.id, number: moved.number, state, step, overdue: moved.overdue, lon, lat, matterName: moved.matterName, at: moved.at }
  const known = pins.rows.some((row) => row.id === moved.id)
  return { ...pins, rows: known ? pins.rows.map((row) => (row.id === moved.id ? pin : row)) : [pin, ...pins.rows] }
}
