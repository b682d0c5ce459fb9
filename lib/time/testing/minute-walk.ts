// Counts by walking every minute between a start and an end. It shares nothing with the clocks: local time is the platform's own,
// workdays are looked up in the published table, and a deadline is wherever the walk has used the limit up.

type Kind = 'urgentHour' | 'urgentDay' | 'workHour' | 'workDay' | 'naturalDay'
type Periods = readonly (readonly [number, number])[]
type Span = readonly [from: number, to: number]

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** What the walk is told: plain facts, not a calendar of the program. */
export interface Town {
  readonly timeZone: string
  /** Days off and make-up workdays by 'YYYY-MM-DD', whatever their weekday. */
  readonly rest: ReadonlySet<string>
  readonly work: ReadonlySet<string>
  /** Sunday is 0. */
  readonly weekend: readonly number[]
  /** Minutes after midnight; of the weekday (Sunday is 0) or else of any day. */
  readonly hours: { readonly any: Periods; readonly [weekday: number]: Periods | undefined }
}

export interface Walk {
  readonly from: number
  /** Per minute: its local day since 1970, and whether the office is open. */
  readonly day: Int32Array
  readonly open: Uint8Array
  /** Minutes of each local day, and those of them that are office time. */
  readonly long: ReadonlyMap<number, number>
  readonly officeLong: ReadonlyMap<number, number>
  /** A number that every length above divides, in minutes. */
  readonly common: number
  readonly isWorked: (day: number) => boolean
}

/** Looks at every minute of a span; both ends are epoch ms on a whole UTC hour. */
export function lookAtEveryMinute(town: Town, from: number, to: number): Walk {
  const length = (to - from) / MINUTE
  const day = new Int32Array(length)
  const open = new Uint8Array(length)
  const long = new Map<number, number>()
  const officeLong = new Map<number, number>()
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: town.timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const isWorked = (number: number): boolean => {
    const date = new Date(number * DAY)
    const name = date.toISOString().slice(0, 10)
    return town.work.has(name) || (!town.rest.has(name) && !town.weekend.includes(date.getUTCDay()))
  }
  for (let hour = 0; hour < length; hour += 60) {
    const wall = Date.parse(`${local.format(from + hour * MINUTE).replace(' ', 'T')}Z`)
    const number = Math.floor(wall / DAY)
    const periods = isWorked(number) ? (town.hours[new Date(wall).getUTCDay()] ?? town.hours.any) : []
    for (let minute = 0; minute < 60; minute += 1) {
      const ofDay = (wall - number * DAY) / MINUTE + minute
      const isOpen = periods.some(([opens, closes]) => opens <= ofDay && ofDay < closes)
      day[hour + minute] = number
      open[hour + minute] = isOpen ? 1 : 0
      long.set(number, (long.get(number) ?? 0) + 1)
      if (isOpen) officeLong.set(number, (officeLong.get(number) ?? 0) + 1)
    }
  }
  // The first and the last day of the span are cut off somewhere; nobody walks there.
  const whole = (lengths: ReadonlyMap<number, number>) => [...lengths].filter(([number]) => number > (day[0] ?? 0) && number < (day.at(-1) ?? 0))
  const lengths = new Set([...whole(officeLong), ...whole(long)].map(([, minutes]) => minutes))
  return { from, day, open, long, officeLong, common: [...lengths].reduce(commonMultiple, 24 * 60), isWorked }
}

/**
 * What has been used up when the walk stops, in parts of which an hour (for clocks of hours) or a day has `common * 60_000`, each
 * local or office day being one whole; and where it stopped. It stops when `limit` parts are used up, or at `until`.
 */
export function walkOn(
  walk: Walk,
  kind: Kind,
  start: number,
  stop: { readonly limit?: number; readonly until?: number },
  pauses: readonly Span[] = [],
): Walked {
  const limit = stop.limit ?? Number.POSITIVE_INFINITY
  const until = stop.until ?? Number.POSITIVE_INFINITY
  const startDay = walk.day[Math.floor((start - walk.from) / MINUTE)] ?? 0
  let used = 0
  let at = start
  if (limit <= 0) return { at, used }
  while (at < until) {
    const index = Math.floor((at - walk.from) / MINUTE)
    if (index >= walk.day.length) throw new Error('walked off the end')
    let pause = false
    let next = Math.min(walk.from + (index + 1) * MINUTE, until)
    for (const [from, to] of pauses) {
      if (from <= at && at < to) pause = true
      if (from > at) next = Math.min(next, from)
      if (to > at) next = Math.min(next, to)
    }
    const weight = pause ? 0 : weightOf(walk, kind, index, startDay)
    const more = (next - at) * weight
    if (used + more >= limit) return { at: at + Math.round((limit - used) / weight), used: limit }
    used += more
    at = next
  }
  return { at, used }
}
interface Walked {
  readonly at: number
  readonly used: number
}

/** Parts of a unit of the clock in a millisecond of this minute. */
function weightOf(walk: Walk, kind: Kind, index: number, startDay: number): number {
  const day = walk.day[index] ?? 0
  switch (kind) {
    case 'urgentHour':
      return walk.common / 60
    case 'urgentDay':
      return walk.common / (24 * 60)
    case 'workHour':
      return walk.open[index] === 1 ? walk.common / 60 : 0
    case 'workDay':
      return walk.open[index] === 1 ? walk.common / (walk.officeLong.get(day) ?? 1) : 0
    case 'naturalDay':
      return day > startDay ? walk.common / (walk.long.get(day) ?? 1) : 0
  }
}

/** The end of the first worked day at or after the one that ends at or holds this instant: where a limit in natural days ends that may not end on a rest day. */
export function endOfWorkedDay(walk: Walk, at: number): number {
  const last = Math.ceil((at - walk.from) / MINUTE) - 1
  if (walk.isWorked(walk.day[last] ?? 0)) return at
  let index = last
  while (!walk.isWorked(walk.day[index] ?? 0)) index += 1
  const day = walk.day[index]
  while (walk.day[index] === day) index += 1
  return walk.from + index * MINUTE
}

function commonMultiple(one: number, other: number): number {
  let [a, b] = [one, other]
  while (b !== 0) [a, b] = [b, a % b]
  return (one / a) * other
}
