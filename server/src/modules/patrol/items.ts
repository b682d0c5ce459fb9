import type { Static } from '@sinclair/typebox'
import type { DutyClass, DutyItem } from '@linli/contract/endpoints/patrol'
import type { FieldProblem } from '@linli/contract/errors'
import { canonical } from '../../platform/audit/hash.ts'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

export type Item = Static<typeof DutyItem>
export type ItemClass = Static<typeof DutyClass>
/** The grid items (网格事项清单) as published once. */
export interface ItemEdition {
  readonly edition: number
  readonly publishedAt: Date
  readonly note: string
  readonly digest: string
  readonly classes: readonly ItemClass[]
  readonly items: readonly Item[]
}

/** What is wrong with a list of items: keys or classes twice, a class that is not there, a form that is no JSON Schema, a matter unknown. */
export function itemProblems(classes: readonly ItemClass[], items: readonly Item[], hasMatter: (key: string) => boolean): FieldProblem[] {
  const codes = new Set(classes.map((each) => each.code))
  const seen = new Set<string>()
  const repeated = classes.length === codes.size ? [] : [{ pointer: '/body/classes', code: 'repeated' }]
  return [
    ...repeated,
    ...items.flatMap((item, index): FieldProblem[] => {
      const pointer = `/body/items/${index}`
      const again = seen.has(item.key)
      seen.add(item.key)
      return [
        ...(again ? [{ pointer: `${pointer}/key`, code: 'repeated', detail: item.key }] : []),
        ...(codes.has(item.classCode) ? [] : [{ pointer: `${pointer}/classCode`, code: 'enum', detail: item.classCode }]),
        ...(compiles(item.form) ? [] : [{ pointer: `${pointer}/form`, code: 'FORM_SCHEMA_INVALID' }]),
        ...item.matters.flatMap((matter, n) => (hasMatter(matter) ? [] : [{ pointer: `${pointer}/matters/${n}`, code: 'enum', detail: matter }])),
      ]
    }),
  ]
}

const compiled = new WeakMap<object, ValidateFunction>()

function compile(form: Item['form']): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: false })
  addFormats.default(ajv)
  return ajv.compile(form)
}

function compiles(form: Item['form']): boolean {
  try {
    compile(form)
    return true
  } catch {
    return false
  }
}

/** What is wrong with the answers to an item's form, each by its pointer; empty where all fits. */
export function answerProblems(item: Item, answers: unknown): FieldProblem[] {
  const valid = compiled.get(item.form) ?? compile(item.form)
  compiled.set(item.form, valid)
  if (valid(answers ?? {})) return []
  return (valid.errors ?? []).slice(0, 50).map((error) => ({
    pointer: `/body/form${error.instancePath}`,
    code: error.keyword,
    ...(error.message === undefined ? {} : { detail: error.message }),
  }))
}

export interface ItemDiff {
  readonly added: string[]
  readonly removed: string[]
  readonly changed: { key: string; fields: { pointer: string; before: string; after: string }[] }[]
  readonly unchanged: number
}
// The order of fields depends on where they were stored.
const text = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : canonical(value))

/** What another list of items changes, by key and field. */
export function diffItems(before: readonly Item[], after: readonly Item[]): ItemDiff {
  const old = new Map(before.map((item) => [item.key, item]))
  const young = new Map(after.map((item) => [item.key, item]))
  const both = after.filter((item) => old.has(item.key))
  const changed = both.map((item) => ({ key: item.key, fields: fieldsThatDiffer(old.get(item.key) ?? {}, item) })).filter((change) => change.fields.length > 0)
  return {
    added: after.filter((item) => !old.has(item.key)).map((item) => item.key),
    removed: before.filter((item) => !young.has(item.key)).map((item) => item.key),
    changed,
    unchanged: both.length - changed.length,
  }
}

function fieldsThatDiffer(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): ItemDiff['changed'][number]['fields'] {
  return Object.keys({ ...before, ...after })
    .sort()
    .filter((field) => text(before[field]) !== text(after[field]))
    .map((field) => ({ pointer: `/${field}`, before: text(before[field]), after: text(after[field]) }))
}
