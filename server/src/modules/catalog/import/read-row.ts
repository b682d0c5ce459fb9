import { TimeError } from '@linli/lib/time/errors'
import { parseLimit, type LimitUnits, type TimeLimit } from '@linli/lib/time/limits'
import type { ColumnMapping, RowField } from './mapping.ts'
import { MATTER_SCHEMES, matterKey, normaliseCode, type Condition, type Matter, type MatterScheme } from './matter.ts'
import type { ProblemData, ProblemList, RowProblemCode } from './problems.ts'
import { placeOf, type TableRow } from './table.ts'

/** What holds for rows that do not say it themselves. */
export interface RowDefaults {
  readonly scheme: MatterScheme
  readonly workflow: string
  /** What the words of the time limits mean in this city. */
  readonly limitUnits: LimitUnits
}

/** One understood row: its matter without rows, and its condition if it has one. */
export interface UnderstoodRow {
  readonly source: TableRow
  readonly matter: Omit<Matter, 'conditions'>
  readonly condition: Omit<Condition, 'rowNo'> | undefined
  /** Id of the working calendar that the row names; empty where it names none. */
  readonly calendar: string
}

const DOMAIN_WORDS: Readonly<Record<string, string>> = { 部件: 'component', 事件: 'event' }

/** Understands one row, or adds every problem it has to the list and returns undefined. */
export function readRow(source: TableRow, mapping: ColumnMapping, defaults: RowDefaults, problems: ProblemList): UnderstoodRow | undefined {
  const errorsBefore = problems.errors.length
  const text = (field: RowField): string => source.cells.get(mapping[field] ?? '') ?? ''
  const fail = (field: RowField, code: RowProblemCode, data: ProblemData = {}): void => problems.error(placeOf(source, mapping[field] ?? field), code, data)
  const needed = (field: RowField): string => {
    if (text(field) === '') fail(field, 'FIELD_EMPTY', { field })
    return text(field)
  }
  const list = (field: RowField): string[] => {
    const items = readList(text(field))
    if (!items) fail(field, 'FIELD_NOT_JSON')
    return items ?? []
  }

  const scheme = MATTER_SCHEMES.find((known) => known === (text('scheme') || defaults.scheme))
  if (!scheme) fail('scheme', 'SCHEME_UNKNOWN', { text: text('scheme') })
  const domain = DOMAIN_WORDS[needed('domain')] ?? text('domain')
  if (domain !== '' && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(domain)) fail('domain', 'DOMAIN_INVALID', { text: domain })
  const [classCode = '', code = ''] = (['classCode', 'code'] as const).map((field) => {
    const normal = needed(field) === '' ? '' : normaliseCode(text(field), scheme ?? 'local')
    if (normal === undefined) fail(field, 'CODE_INVALID', { text: text(field) })
    return normal
  })
  const form = readForm(text('form'))
  if (form === 'broken') fail('form', 'FIELD_NOT_JSON')

  const matter: UnderstoodRow['matter'] = {
    key: matterKey(scheme ?? 'local', domain, classCode, code),
    scheme: scheme ?? 'local',
    domain,
    classCode,
    className: needed('className'),
    code,
    name: needed('name'),
    aliases: list('aliases'),
    ...(text('description') === '' ? {} : { description: text('description') }),
    workflow: text('workflow') || defaults.workflow,
    ...(form === undefined || form === 'broken' ? {} : { form }),
    evidence: list('evidence'),
  }
  const condition = (['filing', 'closing', 'limit'] as const).some((field) => text(field) !== '') ? readCondition() : undefined
  return problems.errors.length === errorsBefore ? { source, matter, condition, calendar: text('calendar') } : undefined

  function readCondition(): Omit<Condition, 'rowNo'> | undefined {
    const filing = needed('filing')
    const closing = needed('closing')
    const limit = readLimit(text('limit'), defaults.limitUnits, (code, data) => fail('limit', code, data))
    if (!limit) return undefined
    return {
      filing,
      closing,
      limit,
      limitText: text('limit'),
      ownerText: text('ownerText'),
      supervisorText: text('supervisorText'),
      ...(text('legalBasis') === '' ? {} : { legalBasis: text('legalBasis') }),
      ...(text('note') === '' ? {} : { note: text('note') }),
    }
  }
}

function readLimit(text: string, units: LimitUnits, fail: (code: RowProblemCode, data: ProblemData) => void): TimeLimit | undefined {
  try {
    return parseLimit(text, units)
  } catch (error) {
    if (!(error instanceof TimeError)) throw error
    fail(error.code, error.data)
    return undefined
  }
}

/** A list is a JSON list of texts, or words between 、 ； or ;. */
function readList(text: string): string[] | undefined {
  if (!text.startsWith('['))
    return text
      .split(/[、；;]/u)
      .map((item) => item.trim())
      .filter((item) => item !== '')
  const value = parseJson(text)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function readForm(text: string): Readonly<Record<string, unknown>> | undefined | 'broken' {
  if (text === '') return undefined
  const value = parseJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : 'broken'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
