import type { Language } from './messages.ts'
import type { Words } from './translate.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its two largest units; `ms` may not be negative. */
export function spanOf(words: Words, ms: number): string {
  const days = Math.floor(ms / DAY)
  const hours = Math.floor((ms % DAY) / HOUR)
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  if (days > 0)
    return hours > 0 && days < 10 ? `${words.t('time.days', { n: days })} ${words.t('time.hours', { n: hours })}` : words.t('time.days', { n: days })
  if (hours > 0) return minutes > 0 ? `${words.t('time.hours', { n: hours })} ${words.t('time.minutes', { n: minutes })}` : words.t('time.hours', { n: hours })
  if (minutes > 0) return words.t('time.minutes', { n: minutes })
  return words.t('time.seconds', { n: Math.floor((ms % MINUTE) / 1000) })
}

/** How long ago something was, in one unit. */
export function agoOf(words: Words, ms: number): string {
  if (ms < MINUTE) return words.t('time.justNow')
  if (ms < HOUR) return words.t('time.minutesAgo', { n: Math.floor(ms / MINUTE) })
  if (ms < DAY) return words.t('time.hoursAgo', { n: Math.floor(ms / HOUR) })
  return words.t('time.daysAgo', { n: Math.floor(ms / DAY) })
}

/** What is left until a deadline, or how far it lies behind. */
export function leftOf(words: Words, dueAt: number, now: number): { readonly late: boolean; readonly text: string } {
  const late = dueAt <= now
  return { late, text: words.t(late ? 'time.over' : 'time.left', { span: spanOf(words, Math.abs(dueAt - now)) }) }
}

/** A share as a percentage with one decimal; null, a zero denominator, prints a dash and never 100 % (standards §1.7). */
export function percentOf(language: Language, value: number | null): string {
  return value === null
    ? '—'
    : new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: value === 1 ? 0 : 1, maximumFractionDigits: 1, roundingMode: 'floor' }).format(
        value,
      )
}

export function countOf(language: Language, value: number): string {
  return new Intl.NumberFormat(language).format(value)
}

/** An area in the unit that keeps the figure short; square metres in. */
export function areaText(language: Language, areaM2: number): string {
  const number = (value: number, digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
  const [large, small] = language === 'en' ? ['km²', 'ha'] : ['平方公里', '公顷']
  return areaM2 >= 1_000_000 ? `${number(areaM2 / 1_000_000, areaM2 >= 10_000_000 ? 0 : 1)} ${large}` : `${number(areaM2 / 10_000, 1)} ${small}`
}

export interface Times {
  /** 14:05:09 */
  clock(at: number): string
  /** 14:05 */
  minute(at: number): string
  /** The day with its weekday. */
  day(at: number): string
  /** Day and minute; the year only where it is not this one. */
  full(at: number): string
}

/** Instants in the city's own time zone, wherever the screen stands; `now` says which year goes without saying. */
export function createTimes(language: Language, timeZone: string, now: number): Times {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone, ...options })
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const minute = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const day = format({ month: 'long', day: 'numeric', weekday: 'short' })
  const short = format({ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const long = format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const year = format({ year: 'numeric' })
  return {
    clock: (at) => clock.format(at),
    minute: (at) => minute.format(at),
    day: (at) => day.format(at),
    full: (at) => (year.format(at) === year.format(now) ? short : long).format(at),
  }
}

/** When the city's day began that lies so many days before `now`; milliseconds since 1970. */
export function dayStart(timeZone: string, now: number, daysBack: number): number {
  const at = now - daysBack * DAY
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  )
  const sinceMidnight = (parts['hour'] ?? 0) * HOUR + (parts['minute'] ?? 0) * MINUTE + (parts['second'] ?? 0) * 1000
  return Math.floor(at / 1000) * 1000 - sinceMidnight
}
