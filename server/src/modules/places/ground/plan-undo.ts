import { Refusal } from '@linli/contract/errors'
import { areaM2, pointInside } from '@linli/lib/geo/area'
import type { Queryable } from '../../../platform/db/database.ts'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'
import type { AreaStep, ChangeKind, GroundPlan } from './change.ts'
import { findPastVersion, readSteps, type PastArea, type StepRow } from './store.ts'

const WHOLE: ReadonlySet<ChangeKind> = new Set(['division', 'import'])

/** A past version with the size and point that were not kept in early histories. */
export function measured(past: PastArea): AreaWithGeometry {
  if (past.areaM2 !== null && past.lon !== null && past.lat !== null) return { ...past, areaM2: past.areaM2, lon: past.lon, lat: past.lat }
  if (past.geometry.coordinates.length === 0) return { ...past, areaM2: 0, lon: 0, lat: 0 }
  const [lon = 0, lat = 0] = pointInside(past.geometry)
  return { ...past, areaM2: areaM2(past.geometry), lon, lat }
}

/**
 * Plans the undoing of a change (撤销调整): what it ended stands again, what it made ends, each as a new version. Throws
 * CHANGE_NOT_UNDOABLE for a division or import, and CHANGE_BUILT_UPON where any of its areas has changed since or has got children.
 */
export async function planUndo(db: Queryable, atlas: Atlas, change: { readonly id: string; readonly kind: ChangeKind }): Promise<GroundPlan> {
  if (WHOLE.has(change.kind)) throw new Refusal('CHANGE_NOT_UNDOABLE')
  const rows = await readSteps(db, change.id)
  for (const row of rows)
    if ((atlas.find(row.code)?.version ?? null) !== row.afterVersion)
      throw new Refusal('CHANGE_BUILT_UPON', [{ pointer: '/params/id', code: 'CHANGE_BUILT_UPON', detail: row.code }])
  const going = new Set(rows.filter((row) => row.beforeVersion === null).map((row) => row.code))
  for (const code of going)
    for (const child of atlas.childrenOf(code))
      if (!going.has(child.code)) throw new Refusal('CHANGE_BUILT_UPON', [{ pointer: '/params/id', code: 'CHANGE_BUILT_UPON', detail: child.code }])
  const came = Map.groupBy(
    rows.flatMap((row) => row.successors.map((successor) => ({ successor, code: row.code }))),
    (row) => row.successor,
  )
  const steps: AreaStep[] = []
  for (const row of rows) steps.push(await stepBack(db, atlas, row, came.get(row.code)?.map(({ code }) => code) ?? []))
  return { kind: 'undo', steps, undoes: change.id }
}

async function stepBack(db: Queryable, atlas: Atlas, row: StepRow, successors: readonly string[]): Promise<AreaStep> {
  const standing = atlas.find(row.code)
  if (row.beforeVersion === null) return { before: standing, after: undefined, successors }
  const past = await findPastVersion(db, row.code, row.beforeVersion)
  if (!past) throw new Refusal('CHANGE_BUILT_UPON', [{ pointer: '/params/id', code: 'HISTORY_MISSING', detail: row.code }])
  return { before: standing, after: { ...measured(past), version: Math.max(past.version, standing?.version ?? 0) + 1 }, successors: [] }
}
