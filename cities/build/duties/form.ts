import type { DutyList } from '@linli/contract/city'

type Item = DutyList['items'][number]
type Fields = Readonly<Record<string, { readonly type: string; readonly title: string; readonly [more: string]: unknown }>>

/** What a finding of an item may be about; each city says which of its matters that is. */
export type Finding =
  | 'bench'
  | 'bicycles'
  | 'building'
  | 'burning'
  | 'collapse'
  | 'cover'
  | 'debris'
  | 'dirtyWater'
  | 'dog'
  | 'eBike'
  | 'fireLane'
  | 'fumes'
  | 'gas'
  | 'gasPipe'
  | 'lamp'
  | 'neighbours'
  | 'noise'
  | 'order'
  | 'pollution'
  | 'road'
  | 'rubbish'
  | 'sheds'
  | 'shopfront'
  | 'siteFence'
  | 'stairs'
  | 'stalls'
  | 'stickers'
  | 'tree'
  | 'wages'
  | 'water'
  | 'waterPipe'
  | 'wire'

/** A grid item before a city's matters are put in. */
export interface Draft extends Omit<Item, 'matters'> {
  readonly finds: readonly Finding[]
}

/** How long after its period an item may still be made good, in days: one more of its own kind, and never long. */
const GRACE_DAYS: Readonly<Record<Item['frequency'], number>> = { daily: 2, weekly: 5, monthly: 10, quarterly: 20, afterEvent: 3 }

/** A field for a number of things. */
export const count = (zh: string, en: string) => ({ type: 'integer', minimum: 0, maximum: 100_000, title: zh, 'x-titleEn': en })
/** The same field where several items ask it: on a round it is asked once (一表巡). */
export const asked = (subject: string, field: ReturnType<typeof count>) => ({ ...field, 'x-subject': subject })
/** One field for a few words. */
export const noted = (zh: string, en: string): Fields => ({ summary: { type: 'string', maxLength: 500, title: zh, 'x-titleEn': en } })

/** A form that asks for these fields, all of them, and takes nothing else; whoever asks is named where it is not the class. */
export const form = (fields: Fields, askedBy?: { readonly zh: string; readonly en: string }): Item['form'] => ({
  type: 'object',
  properties: fields,
  required: Object.keys(fields),
  additionalProperties: false,
  ...(askedBy ? { 'x-askedBy': askedBy } : {}),
})

/** One grid item; its class, both names, how often, on which days, with which evidence. */
export function item(
  key: string,
  classCode: string,
  zh: string,
  en: string,
  frequency: Item['frequency'],
  days: Item['days'],
  evidence: Item['evidence'],
  rest: { readonly how: readonly [zh: string, en: string]; readonly form: Item['form']; readonly finds?: readonly Finding[]; readonly basis?: Item['basis'] },
): Draft {
  return {
    key,
    classCode,
    zh,
    en,
    how: { zh: rest.how[0], en: rest.how[1] },
    frequency,
    days,
    graceDays: GRACE_DAYS[frequency],
    evidence,
    form: rest.form,
    finds: rest.finds ?? [],
    basis: rest.basis ?? null,
  }
}
