import type { Condition, Matter } from './import/matter.ts'

/** One value that differs; `undefined` on the side that has none. */
export interface FieldChange {
  /** JSON pointer into the matter after the change; into the one before for what was taken away. */
  readonly pointer: string
  readonly before: unknown
  readonly after: unknown
}

export interface MatterChange {
  readonly key: string
  readonly fields: readonly FieldChange[]
}

/** What a new edition of the catalogue (事项目录) would change; every list in the order of the keys. */
export interface CatalogueDiff {
  readonly added: readonly Matter[]
  readonly removed: readonly Matter[]
  readonly changed: readonly MatterChange[]
  readonly unchanged: number
}

/** Two matters of one catalogue have the same key. */
export class CatalogueKeyDuplicate extends Error {
  readonly code = 'CATALOGUE_KEY_DUPLICATE'
  readonly key: string
  constructor(key: string) {
    super('CATALOGUE_KEY_DUPLICATE')
    this.name = 'CatalogueKeyDuplicate'
    this.key = key
  }
}

/**
 * Compares two catalogues by key. Condition rows are paired by what they say, then by their filing condition, so a row put in front
 * shows as one new row and not as a change of all the others. Throws CatalogueKeyDuplicate.
 */
export function diffCatalogue(before: readonly Matter[], after: readonly Matter[]): CatalogueDiff {
  const old = byKey(before)
  const young = byKey(after)
  const changed: MatterChange[] = []
  let unchanged = 0
  for (const [key, matter] of young) {
    const earlier = old.get(key)
    if (!earlier) continue
    const fields = diffMatter(earlier, matter)
    if (fields.length > 0) changed.push({ key, fields })
    else unchanged += 1
  }
  return {
    added: [...young.values()].filter((matter) => !old.has(matter.key)),
    removed: [...old.values()].filter((matter) => !young.has(matter.key)),
    changed,
    unchanged,
  }
}

function byKey(matters: readonly Matter[]): Map<string, Matter> {
  const sorted = matters.toSorted((one, other) => compare(one.key, other.key))
  const map = new Map<string, Matter>()
  for (const matter of sorted) {
    if (map.has(matter.key)) throw new CatalogueKeyDuplicate(matter.key)
    map.set(matter.key, matter)
  }
  return map
}

function diffMatter(before: Matter, after: Matter): FieldChange[] {
  const { conditions: oldRows, ...oldRest } = before
  const { conditions: newRows, ...newRest } = after
  return [...diffValue('', oldRest, newRest), ...diffConditions(oldRows, newRows)]
}

function diffConditions(before: readonly Condition[], after: readonly Condition[]): FieldChange[] {
  const partner = pairConditions(before, after)
  const kept = new Set(partner.values())
  const changes = after.flatMap((row, place) => {
    const earlier = partner.get(place)
    return diffValue(`/conditions/${place}`, earlier === undefined ? undefined : before[earlier], row)
  })
  const gone = before.flatMap((row, place) => (kept.has(place) ? [] : [{ pointer: `/conditions/${place}`, before: row, after: undefined }]))
  return [...changes, ...gone]
}

/** Places after to places before: rows that say the same first, then rows with the same filing condition. */
export function pairConditions(before: readonly Condition[], after: readonly Condition[]): Map<number, number> {
  const partner = new Map<number, number>()
  const taken = new Set<number>()
  for (const same of [said, (row: Condition): string => row.filing]) {
    for (const [place, row] of after.entries()) {
      if (partner.has(place)) continue
      const earlier = before.findIndex((other, index) => !taken.has(index) && same(other) === same(row))
      if (earlier < 0) continue
      partner.set(place, earlier)
      taken.add(earlier)
    }
  }
  return partner
}

/** What a row says, whatever its place and the order in which its fields were stored. */
function said(row: Condition): string {
  return JSON.stringify({ ...row, rowNo: 0 }, (_name, value: unknown) =>
    isTree(value) && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => compare(one, other))) : value,
  )
}

function diffValue(pointer: string, before: unknown, after: unknown): FieldChange[] {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    // A list keeps its order; the order of fields depends on where they were stored.
    if (!Array.isArray(before)) names.sort(compare)
    return names.flatMap((name) => diffValue(`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, own(before, name), own(after, name)))
  }
  return Object.is(before, after) ? [] : [{ pointer, before, after }]
}

function own(tree: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(tree, name) ? tree[name] : undefined
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
