import type { Items } from './ports.ts'

type Item = Items['rows'][number]
export interface Joint {
  readonly subject: string
  readonly asked: readonly { readonly itemKey: string; readonly field: string; readonly zh: string; readonly en: string }[]
}
type Schema = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The fields that several items ask (一表巡、一次采集): those whose schemas name one `x-subject` and take the same answers. On a round they
 * are asked once and the answer goes to each item; who asks is the item's `x-askedBy`, or its class where it names nobody.
 */
export function jointFields({ rows, classes }: Pick<Items, 'rows' | 'classes'>): Joint[] {
  const found = new Map<string, { readonly takes: string; readonly asked: Joint['asked'][number][] }>()
  for (const item of rows)
    for (const [field, schema] of Object.entries(propertiesOf(item))) {
      const subject = isRecord(schema) ? schema['x-subject'] : undefined
      if (!isRecord(schema) || typeof subject !== 'string') continue
      const takes = JSON.stringify([schema['type'], schema['enum'], schema['minimum'], schema['maximum'], schema['maxLength']])
      // The same subject with other answers is another question: an answer to one would not fit the other.
      const group = found.get(`${subject} ${takes}`) ?? { takes, asked: [] }
      found.set(`${subject} ${takes}`, group)
      if (!group.asked.some((one) => one.itemKey === item.key)) group.asked.push({ itemKey: item.key, field, ...askerOf(item, classes) })
    }
  return [...found].filter(([, { asked }]) => asked.length > 1).map(([key, { asked }]) => ({ subject: key.slice(0, key.indexOf(' ')), asked }))
}

/** The form is a JSON Schema with whatever a city has put into it. */
const schemaOf = (item: Item): Schema => item.form as Schema

function propertiesOf(item: Item): Schema {
  const { properties } = schemaOf(item)
  return isRecord(properties) ? properties : {}
}

function askerOf(item: Item, classes: Items['classes']): { readonly zh: string; readonly en: string } {
  const said = schemaOf(item)['x-askedBy']
  if (isRecord(said) && typeof said['zh'] === 'string' && typeof said['en'] === 'string') return { zh: said['zh'], en: said['en'] }
  const found = classes.find((each) => each.code === item.classCode)
  return { zh: found?.zh ?? item.zh, en: found?.en ?? item.en }
}
