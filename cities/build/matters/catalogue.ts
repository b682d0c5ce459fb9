/** One condition row (立案条件): when a case is filed, when it may be closed, in what time. */
export type ConditionDraft = readonly [filing: string, closing: string, limit: string]

export interface MatterDraft {
  readonly code: string
  readonly name: string
  readonly aliases?: readonly string[]
  /** Said to whoever chooses the matter. */
  readonly description?: string
  /** Whose work it is, in words; the owner of a case comes from the dispatch rules. */
  readonly owner: string
  readonly conditions: readonly ConditionDraft[]
}

export interface MatterClass {
  readonly scheme: 'gbt30428' | 'local'
  readonly domain: string
  readonly classCode: string
  readonly className: string
  readonly supervisor: string
  readonly matters: readonly MatterDraft[]
}

const COLUMNS = [
  'scheme',
  'domain',
  'classCode',
  'className',
  'code',
  'name',
  'aliases',
  'description',
  'workflow',
  'filing',
  'closing',
  'limit',
  'ownerText',
  'supervisorText',
] as const

/** The key of a matter, as the catalogue's import makes it. */
export function keyOf(group: Pick<MatterClass, 'scheme' | 'domain' | 'classCode'>, code: string): string {
  return `${group.scheme}-${group.domain}-${group.classCode}${code}`
}

/** The catalogue in the import shape: UTF-8 CSV, one line for each condition row and one for a matter without any. */
export function catalogueCsv(classes: readonly MatterClass[]): string {
  const lines = classes.flatMap((group) =>
    group.matters.flatMap((matter) => {
      const conditions: readonly ConditionDraft[] = matter.conditions.length > 0 ? matter.conditions : [['', '', '']]
      return conditions.map(([filing, closing, limit]) => {
        const aliases = (matter.aliases ?? []).join('、')
        const head = [group.scheme, group.domain, group.classCode, group.className, matter.code, matter.name, aliases, matter.description ?? '', 'joint-event']
        return [...head, filing, closing, limit, matter.owner, group.supervisor]
      })
    }),
  )
  return [COLUMNS, ...lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('')
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
