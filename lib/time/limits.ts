import type { ClockKind } from './clocks.ts'
import { TimeError } from './errors.ts'
import { NUMERAL_CHARACTERS, readNumeral } from './numerals.ts'

/** A time limit (时限): so much of a clock, and what else was written behind it. */
export interface TimeLimit {
  readonly clock: ClockKind
  /** Hours or days, as the clock says. */
  readonly amount: number
  readonly note?: string
}

/** What a unit means. It is a city's choice: elsewhere 天 may be natural days. */
export type LimitUnits = Readonly<Record<string, ClockKind>>

/** The units as the cities read so far use them. 日 alone, 分钟 and 月 are left out on purpose: nobody has said which clock they follow. */
export const DEFAULT_LIMIT_UNITS: LimitUnits = {
  紧急工作小时: 'urgentHour',
  紧急工作时: 'urgentHour',
  紧急工作日: 'urgentDay',
  紧急工作天: 'urgentDay',
  工作小时: 'workHour',
  工作时: 'workHour',
  小时: 'workHour',
  工作日: 'workDay',
  工作天: 'workDay',
  天: 'workDay',
  自然日: 'naturalDay',
  自然天: 'naturalDay',
  日历天: 'naturalDay',
}

/** No catalogue has a longer limit; a larger number is a slip of the pen. */
const MAX_AMOUNT = 10_000

const AMOUNT = new RegExp(`^(?:(\\d+(?:\\.\\d+)?)|([${NUMERAL_CHARACTERS}]+)|(半))个?(半)?`)

/**
 * Reads a time limit as catalogues write it: "2紧急工作时", "4小时", "１ 天", "十五个工作日", "半天". Words behind the unit are kept as
 * the note. Throws LIMIT_EMPTY, LIMIT_AMOUNT (no number, zero, too large, or a second limit behind the first) or LIMIT_UNIT_UNKNOWN.
 */
export function parseLimit(text: string, units: LimitUnits = DEFAULT_LIMIT_UNITS): TimeLimit {
  const compact = text.normalize('NFKC').replaceAll(/\s+/gu, '')
  if (compact === '') throw new TimeError('LIMIT_EMPTY')
  const number = AMOUNT.exec(compact)
  const whole = number ? readAmount(number[1], number[2]) : undefined
  if (!number || whole === undefined) throw new TimeError('LIMIT_AMOUNT', { text })
  const rest = compact.slice(number[0].length)
  const unit = longestUnit(rest, units)
  if (!unit) throw new TimeError('LIMIT_UNIT_UNKNOWN', { text, unit: rest })
  const behind = rest.slice(unit.word.length)
  // 一天半 says its half behind the unit, 一个半小时 before it.
  const halves = [number[3], number[4], behind.startsWith('半') ? '半' : undefined].filter((half) => half !== undefined).length
  const amount = whole + halves / 2
  const note = behind.replace(/^半/u, '')
  if (halves > 1 || amount <= 0 || amount > MAX_AMOUNT || holdsLimit(note, units)) throw new TimeError('LIMIT_AMOUNT', { text })
  return note === '' ? { clock: unit.clock, amount } : { clock: unit.clock, amount, note }
}

function readAmount(digits: string | undefined, numeral: string | undefined): number | undefined {
  if (digits !== undefined) return Number(digits)
  return numeral === undefined ? 0 : readNumeral(numeral)
}

function longestUnit(text: string, units: LimitUnits): { word: string; clock: ClockKind } | undefined {
  let best: { word: string; clock: ClockKind } | undefined
  for (const [word, clock] of Object.entries(units)) {
    if (text.startsWith(word) && word.length > (best?.word.length ?? 0)) best = { word, clock }
  }
  return best
}

/** A note such as "，15天拆除" would hide a second deadline that nobody watches. */
function holdsLimit(note: string, units: LimitUnits): boolean {
  if (note === '') return false
  return Object.keys(units).some((word) => new RegExp(`[\\d半${NUMERAL_CHARACTERS}]个?半?${escaped(word)}`, 'u').test(note))
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`)
}
