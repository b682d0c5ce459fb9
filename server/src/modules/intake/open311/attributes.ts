import type { DefinitionView } from '@linli/contract/endpoints/open311'
import type { Static } from '@sinclair/typebox'
import type { FormSchema } from '../forms.ts'

type Attribute = Static<typeof DefinitionView>['attributes'][number]
interface Property {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly format?: string
  readonly maxLength?: number
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly { readonly const?: unknown; readonly title?: string }[]
  readonly items?: Property
  readonly 'x-order'?: number
}
interface Choice {
  readonly value: unknown
  readonly name: string
}
/** A line longer than this is a text of several lines in a form. */
const LONGEST_LINE = 200

const propertiesOf = (schema: FormSchema | undefined) => Object.entries((schema?.['properties'] ?? {}) as Readonly<Record<string, Property>>)
const typeOf = ({ type }: Property): string | undefined => [type ?? []].flat().find((name) => name !== 'null')

function choicesOf(property: Property): Choice[] {
  if (property.enum) return property.enum.map((value) => ({ value, name: String(value) }))
  const named = property.oneOf?.filter((option) => option.const !== undefined) ?? []
  if (named.length > 0) return named.map((option) => ({ value: option.const, name: option.title ?? String(option.const) }))
  return typeOf(property) === 'boolean' ? [true, false].map((value) => ({ value, name: value ? '是 / yes' : '否 / no' })) : []
}

function datatypeOf(property: Property): Attribute['datatype'] {
  if (choicesOf(property).length > 0) return 'singlevaluelist'
  switch (typeOf(property)) {
    case 'array':
      return choicesOf(property.items ?? {}).length > 0 ? 'multivaluelist' : 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'object':
      return 'text'
    default:
      if (property.format === 'date-time' || property.format === 'date') return 'datetime'
      return (property.maxLength ?? 0) > LONGEST_LINE ? 'text' : 'string'
  }
}

/**
 * A matter's form (表单) as the attributes of a service definition. The database keeps no order of properties: they come by their `x-order`,
 * and where they have none, what is required first and then by code.
 */
export function attributesOf(schema: FormSchema | undefined): Attribute[] {
  const required = (schema?.['required'] ?? []) as readonly string[]
  const place = ([code, property]: readonly [string, Property]) => [property['x-order'] ?? Number.MAX_SAFE_INTEGER, required.includes(code) ? 0 : 1] as const
  const inOrder = propertiesOf(schema).toSorted((one, two) => {
    const [[order, demand], [otherOrder, otherDemand]] = [place(one), place(two)]
    return order - otherOrder || demand - otherDemand || (one[0] < two[0] ? -1 : 1)
  })
  return inOrder.map(([code, property], index) => {
    const datatype = datatypeOf(property)
    const choices = datatype === 'multivaluelist' ? choicesOf(property.items ?? {}) : choicesOf(property)
    return {
      variable: true,
      code,
      datatype,
      required: required.includes(code),
      datatype_description: property.title === undefined ? '' : (property.description ?? ''),
      order: index + 1,
      description: property.title ?? property.description ?? code,
      ...(choices.length > 0 ? { values: choices.map(({ value, name }) => ({ key: String(value), name })) } : {}),
    }
  })
}

/** The answers as the form expects them; what does not fit is passed on as said, so that the form itself says what is wrong. Undefined where nothing was answered. */
export function formOf(schema: FormSchema | undefined, answers: ReadonlyMap<string, readonly string[]>): Record<string, unknown> | undefined {
  if (answers.size === 0) return undefined
  const properties = new Map(propertiesOf(schema))
  return Object.fromEntries(
    [...answers].map(([code, values]) => {
      const property = properties.get(code) ?? {}
      if (typeOf(property) === 'array') return [code, values.map((value) => valueOf(property.items ?? {}, value))]
      return [code, values.length === 1 ? valueOf(property, values[0] ?? '') : values]
    }),
  )
}

function valueOf(property: Property, said: string): unknown {
  const choice = choicesOf(property).find(({ value }) => String(value) === said)
  if (choice) return choice.value
  const type = typeOf(property)
  if ((type === 'number' || type === 'integer') && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(said)) return Number(said)
  if (type === 'object') return parsed(said)
  return said
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said) as unknown
  } catch {
    return said
  }
}
