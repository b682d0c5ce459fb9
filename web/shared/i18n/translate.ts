import { errors } from '@linli/contract/errors'
import { messages, type Language, type MessageKey } from './messages.ts'

/** Words of a city that override labels of the loop, by the same keys. */
export type CityWords = Readonly<Record<string, { readonly zh: string; readonly en: string }>>
type Values = Readonly<Record<string, string | number>>
/** Code lists whose words a city or a later version of the server may extend. */
export type WordGroup =
  | 'step'
  | 'state'
  | 'move'
  | 'kind'
  | 'need'
  | 'reason'
  | 'stage'
  | 'channel'
  | 'role'
  | 'outcome'
  | 'flag'
  | 'level'
  | 'indicator'
  | 'purpose'
  | 'permission'
  | 'party'
  | 'strand'
  | 'strandState'
  | 'track'
  | 'exempt'
  | 'rating'
  | 'moveHint'
  | 'dayKind'
  | 'why'
  | 'clockUnit'
  | 'cityRole'
  | 'unitKind'
  | 'dataKind'
  | 'mask'
  | 'moved'

export interface Words {
  readonly language: Language
  /** A fixed text, with {names} filled in. */
  t(key: MessageKey, values?: Values): string
  /** The word for a code: the city's own, else ours, else the code itself so that nothing is hidden. */
  word(group: WordGroup, code: string): string
  /** The word for a move's reason, which may say something else there than elsewhere. */
  reason(move: string, code: string): string
  /** Of a pair of texts the one in this language. */
  pick(pair: { readonly zh: string; readonly en: string }): string
  /** What is wrong and what to do, for a code of the catalogue or of the browser. */
  problem(code: string): { readonly what: string; readonly todo: string }
  /** A clock limit in words, for example 紧急工作时 (standards §1.6). */
  limit(clock: string, amount: number): string
}

const fill = (text: string, values: Values | undefined) =>
  values ? text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text
const isKey = (key: string): key is MessageKey => Object.hasOwn(messages['zh-CN'], key)

/** The words of one language, with a city's own on top. */
export function createWords(language: Language, cityWords: CityWords = {}): Words {
  const zh = language === 'zh-CN'
  const pick = (pair: { readonly zh: string; readonly en: string }) => (zh ? pair.zh : pair.en)
  const t = (key: MessageKey, values?: Values) => fill(messages[language][key], values)
  const word = (group: WordGroup, code: string) => {
    const key = `${group}.${code}`
    const own = cityWords[key]
    if (own) return pick(own)
    return isKey(key) ? messages[language][key] : code
  }
  return {
    language,
    t,
    pick,
    word,
    reason: (move, code) => word('reason', isKey(`reason.${move}.${code}`) ? `${move}.${code}` : code),
    problem: (code) => {
      if (code === 'CONNECTION_LOST' || code === 'ANSWER_UNREADABLE') return { what: t(`problem.${code}`), todo: t(`problem.${code}.do`) }
      const known = Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : errors.INTERNAL
      return zh ? { what: known.zh, todo: known.doZh } : { what: known.en, todo: known.doEn }
    },
    limit: (clock, amount) => {
      if (amount < 1 && clock === 'urgentHour') return t('clock.urgentMinute', { n: Math.round(amount * 60) })
      if (amount < 1 && clock === 'workHour') return t('clock.workMinute', { n: Math.round(amount * 60) })
      const key = `clock.${clock}`
      return isKey(key) ? t(key, { n: amount }) : `${amount} ${clock}`
    },
  }
}
