import type { City } from '@linli/contract/city'
import type { HtmlCall } from '../../platform/http/html-routes.ts'
import { languageOf, type Language } from '../../platform/http/problem.ts'
import { en } from './words/en.ts'
import { zhCn, type WordKey } from './words/zh-cn.ts'

export const LANGUAGE_COOKIE = 'linli_language'
export const ELDER_COOKIE = 'linli_elder'

type Fill = Readonly<Record<string, string | number>>
const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { 'zh-CN': zhCn, en }

/** Who reads a page (读者): the language and print that a device asked for, and the words and times in it. Nothing about the person. */
export interface Reader {
  readonly language: Language
  /** Large type, large targets, few choices (长辈版). */
  readonly elder: boolean
  readonly city: City
  readonly cityName: string
  /** The instant of the page, Unix milliseconds. */
  readonly now: number
  /** The page's own path with its query, to come back to. */
  readonly here: string
  t(key: WordKey, fill?: Fill): string
  /** The word of a name inside a group, such as a step of the loop; the city's own word first, `otherwise` where there is none. */
  word(group: string, name: string, otherwise?: string): string
  pick(words: { readonly zh: string; readonly en: string }): string
  /** Day and minute in the city's time; the year only where it is not this one. */
  at(instant: string | Date): string
  day(day: string | Date): string
}

/** Reads what a device asked for: by cookie, else by the browser's language. */
export function readerOf(city: City, now: number, call: Pick<HtmlCall, 'cookies' | 'acceptLanguage' | 'path' | 'query'>): Reader {
  const asked = call.cookies[LANGUAGE_COOKIE]
  const language = asked === 'en' || asked === 'zh-CN' ? asked : languageOf(call.acceptLanguage)
  const query = call.query.toString()
  return createReader(city, now, { language, elder: call.cookies[ELDER_COOKIE] === 'on', here: query === '' ? call.path : `${call.path}?${query}` })
}

/** The reader of a language and a print. */
export function createReader(city: City, now: number, choice: Pick<Reader, 'language' | 'elder' | 'here'>): Reader {
  const { language } = choice
  const pick = (words: { readonly zh: string; readonly en: string }) => (language === 'en' ? words.en : words.zh)
  const ofCity = (key: string) => {
    const words = city.words[key]
    return words && pick(words)
  }
  const format = (date: Date, options: Intl.DateTimeFormatOptions) => formatOf(language, city.timeZone, options).format(date)
  const sameYear = (date: Date) => format(date, { year: 'numeric' }) === format(new Date(now), { year: 'numeric' })
  const dated = (date: Date, options: Intl.DateTimeFormatOptions) =>
    format(date, { ...(sameYear(date) ? {} : { year: 'numeric' }), month: language === 'en' ? 'short' : 'long', day: 'numeric', ...options })
  return {
    ...choice,
    city,
    now,
    cityName: language === 'en' ? city.nameEn : city.name,
    t: (key, fill) => filled(ofCity(`resident.${key}`) ?? WORDS[language][key] ?? key, fill),
    word: (group, name, otherwise) => ofCity(`${group}.${name}`) ?? WORDS[language][`${group}.${name}`] ?? otherwise ?? name,
    pick,
    at: (instant) => dated(new Date(instant), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    // A day is a day of the city: noon of it lies in the same day in every zone that a city can have.
    day: (day) => dated(typeof day === 'string' ? new Date(`${day}T12:00:00${offsetFree(city.timeZone, day)}`) : day, {}),
  }
}

const filled = (text: string, fill: Fill | undefined) =>
  fill === undefined ? text : text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name in fill ? String(fill[name]) : whole))

const formats = new Map<string, Intl.DateTimeFormat>()
/** To make a formatter costs more than a page: each is kept. */
function formatOf(language: Language, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, options])
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone, ...options })
  formats.set(key, made)
  return made
}

/** The offset of a zone on a day, as RFC 3339 writes it. */
function offsetFree(timeZone: string, day: string): string {
  const part = formatOf('en', timeZone, { timeZoneName: 'longOffset' })
    .formatToParts(new Date(`${day}T12:00:00Z`))
    .find(({ type }) => type === 'timeZoneName')
  return part?.value.replace('GMT', '') || 'Z'
}
