import { isDeepStrictEqual } from 'node:util'
import type { Condition, Matter } from './matter.ts'
import type { Place, ProblemList } from './problems.ts'
import type { UnderstoodRow } from './read-row.ts'
import { placeOf } from './table.ts'

/** Columns by which people find the rows that disagree. */
export interface CollectColumns {
  readonly name: string
  readonly className: string
  readonly filing: string
}

/**
 * Gathers understood rows into matters, in the order in which the file first names them. Two identical rows under one code are the
 * error MATTER_CONDITION_DUPLICATE; two names for one code are kept as aliases and warned of.
 */
export function collectMatters(rows: readonly UnderstoodRow[], columns: CollectColumns, problems: ProblemList): Matter[] {
  const groups = new Map<string, UnderstoodRow[]>()
  for (const row of rows) {
    const group = groups.get(row.matter.key)
    if (group) group.push(row)
    else groups.set(row.matter.key, [row])
  }
  warnOfClassNames(rows, columns, problems)
  return [...groups.values()].map((group) => collectOne(group, columns, problems))
}

function collectOne(group: readonly UnderstoodRow[], columns: CollectColumns, problems: ProblemList): Matter {
  const [first] = group
  if (!first) throw new RangeError('a matter has at least one row')
  const conditions: Condition[] = []
  const rowBySame = new Map<string, UnderstoodRow>()
  // A calendar that all rows name is the matter's own.
  const calendars = new Set(group.map((row) => row.calendar))
  const [calendar = ''] = calendars.size === 1 ? calendars : []
  for (const row of group) {
    if (!row.condition) continue
    const same = sameness(row)
    const earlier = rowBySame.get(same)
    if (earlier) {
      problems.error(placeOf(row.source, columns.filing), 'MATTER_CONDITION_DUPLICATE', {
        key: row.matter.key,
        row: row.source.row,
        firstRow: earlier.source.row,
      })
      continue
    }
    rowBySame.set(same, row)
    conditions.push({ rowNo: conditions.length + 1, ...row.condition, ...(calendars.size > 1 && row.calendar !== '' ? { calendar: row.calendar } : {}) })
  }
  if (conditions.length === 0) problems.warn(placeOf(first.source, columns.filing), 'MATTER_WITHOUT_CONDITION', { key: first.matter.key })
  return { ...first.matter, ...agreed(group, problems), ...(calendar === '' ? {} : { calendar }), aliases: aliases(group, columns, problems), conditions }
}

/** Two rows are identical when nothing but spacing tells them apart. */
function sameness({ matter, condition }: UnderstoodRow): string {
  return JSON.stringify([matter.name, { ...condition, limitText: '' }]).replaceAll(/(\\[nrt]|\s)+/gu, '')
}

function aliases(group: readonly UnderstoodRow[], columns: CollectColumns, problems: ProblemList): string[] {
  const names = new Set(group.map((row) => row.matter.name))
  if (names.size > 1) {
    const other = group.find((row) => row.matter.name !== group[0]?.matter.name)
    const place: Place | null = other ? placeOf(other.source, columns.name) : null
    problems.warn(place, 'CODE_TWO_NAMES', { key: group[0]?.matter.key ?? '', names: [...names].join('、') })
  }
  for (const row of group) for (const alias of row.matter.aliases) names.add(alias)
  return names.size > 1 ? [...names] : []
}

/** What a matter says once may stand in any of its rows, but not in two ways. */
function agreed(group: readonly UnderstoodRow[], problems: ProblemList): Pick<Matter, 'workflow' | 'description' | 'form' | 'evidence'> {
  const workflow = group[0]?.matter.workflow ?? ''
  const description = group.find((row) => row.matter.description)?.matter.description
  const form = group.find((row) => row.matter.form)?.matter.form
  const evidence = group.find((row) => row.matter.evidence.length > 0)?.matter.evidence ?? []
  for (const { source, matter } of group) {
    const conflict = (field: string): void => problems.error(placeOf(source, field), 'MATTER_FIELD_CONFLICT', { key: matter.key, field })
    if (matter.workflow !== workflow) conflict('workflow')
    if (matter.description && matter.description !== description) conflict('description')
    if (matter.form && !isDeepStrictEqual(matter.form, form)) conflict('form')
    if (matter.evidence.length > 0 && !isDeepStrictEqual(matter.evidence, evidence)) conflict('evidence')
  }
  return { workflow, evidence, ...(description ? { description } : {}), ...(form ? { form } : {}) }
}

function warnOfClassNames(rows: readonly UnderstoodRow[], columns: CollectColumns, problems: ProblemList): void {
  const names = new Map<string, string>()
  for (const { source, matter } of rows) {
    const key = `${matter.scheme}-${matter.domain}-${matter.classCode}`
    const first = names.get(key)
    if (first === undefined) names.set(key, matter.className)
    else if (first !== matter.className)
      problems.warn(placeOf(source, columns.className), 'CLASS_TWO_NAMES', { classKey: key, names: `${first}、${matter.className}` })
  }
}
