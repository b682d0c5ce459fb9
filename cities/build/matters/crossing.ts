import type { MatterClass, MatterDraft } from './catalogue.ts'

/** What may be wrong with every object of a group; `○` stands for the object. */
export interface Defect {
  readonly name: string
  readonly filing: string
  readonly closing: string
  readonly limit: string
}

/** Objects that one owner looks after and that go wrong in the same ways. */
export interface Crossing {
  readonly owner: string
  readonly objects: readonly string[]
  readonly defects: readonly Defect[]
}

/** Short form of a defect, for tables. */
export const defect = (name: string, filing: string, closing: string, limit: string): Defect => ({ name, filing, closing, limit })

/** Every object × defect as one item of a class, numbered in the order of the tables. Throws CLASS_FULL over 99 items. */
export function crossedClass(head: Pick<MatterClass, 'classCode' | 'className'>, crossings: readonly Crossing[]): MatterClass {
  const matters = crossings.flatMap(({ owner, objects, defects }) => objects.flatMap((object) => defects.map((each) => item(owner, object, each))))
  if (matters.length > 99) throw new Error(`CLASS_FULL ${head.className} ${matters.length}`)
  return {
    ...head,
    scheme: 'local',
    domain: 'joint',
    supervisor: '市社会治理监督中心',
    matters: matters.map((matter, index) => ({ ...matter, code: String(index + 1).padStart(2, '0') })),
  }
}

function item(owner: string, object: string, each: Defect): Omit<MatterDraft, 'code'> {
  const fill = (text: string): string => text.replaceAll('○', object)
  return { name: fill(each.name), owner, conditions: [[fill(each.filing), fill(each.closing), each.limit]] }
}
