import type { I18nView } from '../../i18n/index.ts'
import type { Entry } from './types.ts'

/** What a ledger line holds beside its move, in the order that people ask for it. */
export interface EntryFacts {
  /** Short facts: who it went to, under which rule, which condition, which clock. */
  readonly facts: readonly string[]
  readonly note: string | null
  readonly reply: string | null
}

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null)
const isDeadline = (value: unknown): value is { stage: string; dueAt: string } =>
  typeof value === 'object' && value !== null && 'stage' in value && 'dueAt' in value && typeof value.dueAt === 'string'

/** Reads a line's payload; a fact of a kind that we do not know stays on the server's side of the screen. */
export function factsOfEntry(i18n: Pick<I18nView, 't' | 'word' | 'times'>, entry: Pick<Entry, 'payload'>, unitName: (code: string) => string): EntryFacts {
  const payload = entry.payload as Readonly<Record<string, unknown>>
  const facts: string[] = []
  const owner = text(payload['owner'])
  if (owner) facts.push(i18n.t('ledger.toOwner', { name: unitName(owner) }))
  const rule = text(payload['rule'])
  if (rule) facts.push(i18n.t('ledger.rule', { rule }))
  const matter = text(payload['matterName'])
  const row = payload['conditionRow']
  if (matter) facts.push(typeof row === 'number' ? i18n.t('ledger.condition', { matter, row }) : matter)
  if (payload['closingConditionMet'] === true) facts.push(i18n.t('ledger.closingMet'))
  const deadlines = Array.isArray(payload['deadlines']) ? payload['deadlines'].filter(isDeadline) : []
  for (const deadline of deadlines)
    facts.push(i18n.t('ledger.due', { stage: i18n.word('stage', deadline.stage), at: i18n.times.full(Date.parse(deadline.dueAt)) }))
  return { facts, note: text(payload['note']), reply: text(payload['publicReply']) }
}
