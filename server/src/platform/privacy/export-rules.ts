import { Refusal, type FieldProblem } from '@linli/contract/errors'
import type { Permission } from '@linli/contract/permissions'
import type { Dataset, DatasetField, ExportFilter, Purpose } from './dataset.ts'
import { declarationOf } from './masking.ts'

export interface Asked {
  readonly filter: ExportFilter
  readonly fields: readonly string[]
  readonly unmasked: readonly string[]
  readonly purpose: Purpose
}

/** The field as a dataset knows it, or undefined. */
export const fieldOf = (dataset: Dataset, name: string): DatasetField | undefined => dataset.fields.find((field) => field.name === name)

/**
 * Throws EXPORT_FIELD_NOT_ALLOWED with every field and filter that may not be exported so (R1, R11): one that the dataset does not have, one
 * whose declared purposes do not include the purpose asked, and one unmasked that holds nobody's data, is not asked for or needs a right that
 * the asker lacks.
 */
export function refuseFields(dataset: Dataset, asked: Asked, may: (permission: Permission) => boolean): void {
  const problems: FieldProblem[] = [
    ...asked.fields.flatMap((name, index) => {
      const field = fieldOf(dataset, name)
      const declared = field && declarationOf(field.column)
      const code = !field ? 'enum' : declared && !declared.purposes.includes(asked.purpose) ? 'PURPOSE_NOT_ALLOWED' : undefined
      return code === undefined ? [] : [{ pointer: `/body/fields/${index}`, code, detail: name }]
    }),
    ...asked.unmasked.flatMap((name, index) => {
      const field = fieldOf(dataset, name)
      const needs = field?.unmaskNeeds
      const code = !field || !asked.fields.includes(name) || !isMaskable(field) ? 'enum' : needs && !may(needs) ? 'PERMISSION_MISSING' : undefined
      return code === undefined ? [] : [{ pointer: `/body/unmasked/${index}`, code, detail: name }]
    }),
    ...Object.keys(asked.filter)
      .filter((name) => !(dataset.filters as readonly string[]).includes(name))
      .map((name) => ({ pointer: `/body/filter/${name}`, code: 'enum' })),
  ]
  if (problems.length > 0) throw new Refusal('EXPORT_FIELD_NOT_ALLOWED', problems)
}

/** Whether a mask changes anything in a field. */
export const isMaskable = (field: DatasetField): boolean => (declarationOf(field.column)?.mask ?? 'none') !== 'none'

/** A person's export is an alert where it, with what the person was given in the last day, reaches the threshold (R11). */
export const isAlert = (rows: number, rowsOfTheDay: number, threshold: number): boolean => rows + rowsOfTheDay >= threshold

/** The line above the columns that says whose file this is, what for and until when. */
export function watermarkOf(facts: {
  number: string
  person: string
  post: string
  unit: string
  decider: string
  purpose: string
  madeAt: Date
  expiresAt: Date
}): string {
  const { number, person, post, unit, decider, purpose, madeAt, expiresAt } = facts
  return `导出编号 ${number}；申请人 ${person}（${unit} ${post}）；批准人 ${decider}；用途 ${purpose}；生成于 ${madeAt.toISOString()}；${expiresAt.toISOString()} 到期销毁；仅限本用途，不得转交`
}
