import type { I18nView } from '../../i18n/index.ts'
import type { Entry } from './types.ts'

/** What a ledger line holds beside its move, in the order that people ask for it. */
export interface EntryFacts {
  /** Short facts: who it went to, under which rule, which condition, which clock. */
  readonly facts: readonly string[]
  readonly note: string | null
  readonly reply: string | null
}
type Says = Pick<I18nView, 't' | 'word' | 'times' | 'limit'>
type Payload = Readonly<Record<string, unknown>>

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null)
const record = (value: unknown): Payload => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Reads a line's payload; a fact of a kind that we do not know stays on the server's side of the screen. */
export function factsOfEntry(i18n: Says, entry: Pick<Entry, 'payload'>, unitName: (code: string) => string): EntryFacts {
  const payload: Payload = entry.payload
  return {
    facts: [...whoFacts(i18n, payload, unitName), ...matterFacts(i18n, payload), ...besideFacts(i18n, payload, unitName), ...clockFacts(i18n, payload)],
    note: text(payload['note']),
    reply: text(payload['publicReply']),
  }
}

/** The line that a refusal leans on: a rule of dispatch, or a matter with its condition row; null where none is cited. */
export function citedIn(payload: Payload): string | null {
  const cited = record(payload['citation'])
  const matter = text(cited['matter'])
  return text(cited['rule']) ?? (matter ? `${matter} #${Number(cited['row'] ?? 1)}` : null)
}

function whoFacts({ t }: Says, payload: Payload, unitName: (code: string) => string): string[] {
  const owner = text(payload['owner'])
  const escalated = record(payload['escalated'])
  const [from, to] = [text(escalated['from']), text(escalated['to'])]
  const targets = list(payload['targets']).flatMap((code) => (typeof code === 'string' ? [unitName(code)] : []))
  const raised = text(record(payload['raised'])['to'])
  return [
    ...(from && to ? [t('ledger.escalated', { from: unitName(from), to: unitName(to) })] : owner ? [t('ledger.toOwner', { name: unitName(owner) })] : []),
    ...(targets.length > 0 ? [t('ledger.toUnits', { names: targets.join(' · ') })] : []),
    ...(raised ? [t('ledger.raised', { name: unitName(raised) })] : []),
  ]
}

function matterFacts({ t }: Says, payload: Payload): string[] {
  const [rule, matter, row] = [text(payload['rule']), text(payload['matterName']), payload['conditionRow']]
  return [
    ...(rule ? [t('ledger.rule', { rule })] : []),
    ...(matter ? [typeof row === 'number' ? t('ledger.condition', { matter, row }) : matter] : []),
    ...(payload['closingConditionMet'] === true ? [t('ledger.closingMet')] : []),
  ]
}

function besideFacts({ t, word, limit }: Says, payload: Payload, unitName: (code: string) => string): string[] {
  const line = citedIn(payload)
  const ruling = record(payload['ruling'])
  const [rule, validFrom] = [text(ruling['rule']), text(ruling['validFrom'])]
  const answer = record(payload['answer'])
  const rating = text(answer['rating'])
  const track = text(record(payload['track'])['name'])
  const reply = record(payload['reply'])
  const [unit, actedOn] = [text(reply['unitName']) ?? (text(reply['unit']) && unitName(text(reply['unit']) ?? '')), text(reply['actedOn'])]
  const asked = record(payload['limit'])
  const [clock, amount] = [text(asked['clock']), asked['amount']]
  const until = text(payload['until'])
  return [
    ...(track ? [word('track', track)] : []),
    ...(line ? [t('ledger.cites', { line })] : []),
    ...(rule && validFrom ? [t('ledger.ruling', { rule, day: validFrom })] : []),
    ...['main', 'joined', 'parted'].flatMap((name) => {
      const number = text(record(payload[name])['number'])
      return number ? [t('ledger.other', { number })] : []
    }),
    ...(rating ? [t(answer['fixed'] === true ? 'answers.fixed' : 'answers.notFixed'), word('rating', rating)] : []),
    ...(unit && actedOn ? [t('replies.by', { unit, day: actedOn })] : []),
    ...(clock && typeof amount === 'number' ? [t('ledger.limit', { limit: limit(clock, amount) })] : []),
    ...(until ? [t('ledger.until', { day: until })] : []),
  ]
}

function clockFacts({ t, word, times }: Says, payload: Payload): string[] {
  const stage = (value: unknown) => text(record(value)['stage'])
  return [
    ...list(payload['paused']).flatMap((clock) => {
      const name = stage(clock)
      return name ? [t('ledger.paused', { stage: word('stage', name) })] : []
    }),
    ...list(payload['deadlines']).flatMap((clock) => {
      const [name, dueAt] = [stage(clock), text(record(clock)['dueAt'])]
      // How soon a case is told to the level above is the program's own business.
      return name && dueAt && name !== 'raise' ? [t('ledger.due', { stage: word('stage', name), at: times.full(Date.parse(dueAt)) })] : []
    }),
  ]
}
