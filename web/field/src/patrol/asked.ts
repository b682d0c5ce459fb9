import type { Item, Items } from '../outbox/types.ts'
import type { Card } from '../view.ts'
import { fieldsOf, type FormField } from '@linli/web-shared/forms'

/** A field as a round asks it: once, for every duty of the card that wants it. */
export interface Asked {
  readonly field: FormField
  /** Which duty of the card takes the answer under which name. */
  readonly goesTo: readonly { readonly itemKey: string; readonly name: string }[]
  /** Who asks, where several do. */
  readonly askers: readonly { readonly zh: string; readonly en: string }[]
}

/** The fields of a card (一表巡): what several of its duties ask is asked once, with who asks it. */
export function askedOf(card: Pick<Card, 'duties'>, items: Pick<Items, 'joint'> | undefined, language: string): Asked[] {
  const rows: Asked[] = []
  for (const { item } of card.duties)
    for (const field of fieldsOf(item.form, language)) {
      const joint = items?.joint.find(({ asked }) => asked.some((one) => one.itemKey === item.key && one.field === field.name))
      const members = joint?.asked.filter((one) => card.duties.some((duty) => duty.item.key === one.itemKey)) ?? []
      if (members.length < 2) rows.push({ field, goesTo: [{ itemKey: item.key, name: field.name }], askers: [] })
      else if (members[0]?.itemKey === item.key)
        rows.push({ field, goesTo: members.map((one) => ({ itemKey: one.itemKey, name: one.field })), askers: members.map(({ zh, en }) => ({ zh, en })) })
    }
  // What both ask stands first: it is why they are one.
  return rows.sort((one, other) => other.goesTo.length - one.goesTo.length)
}

/** Under which key a form keeps the answer to a field. */
export const answerKey = ({ goesTo }: Pick<Asked, 'goesTo'>): string => goesTo.map((one) => `${one.itemKey}.${one.name}`).join('+')

/** Who asks for the duties of a card. */
export function askersOf(card: Pick<Card, 'duties'>, items: Pick<Items, 'joint'> | undefined): readonly { readonly zh: string; readonly en: string }[] {
  const keys = new Set(card.duties.map((duty) => duty.item.key))
  const found = items?.joint.flatMap(({ asked }) => asked.filter((one) => keys.has(one.itemKey))) ?? []
  return [...new Map(found.map(({ zh, en }) => [zh, { zh, en }])).values()]
}

/** A visit (走访): an item whose form asks how many were visited. */
export const isVisit = (item: Pick<Item, 'form'>): boolean => fieldsOf(item.form, 'zh-CN').some((field) => field.name === 'visited')
