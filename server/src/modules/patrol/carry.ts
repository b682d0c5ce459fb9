import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/runtime.ts'
import type { Patrol } from './patrol.ts'
import { predecessorsOf, successorsOf } from './queries.ts'
import { carriedState } from './rules.ts'
import { findSettled, insertEntry, settle, type Settled } from './store.ts'

export interface Carrying {
  readonly gridCode: string
  readonly itemKey: string
  readonly period: string
  readonly at: Date
  readonly changeId: string | null
}

/** Carries a duty settled in a grid that has ended on into the grids that took over from it, where each of theirs has settled it. */
export async function carryForward(patrol: Patrol, tx: Tx, carrying: Carrying): Promise<void> {
  for (const successor of await successorsOf(tx, carrying.gridCode)) {
    const grid = patrol.ports.findArea(successor)
    if (grid) await carryInto(patrol, tx, { ...carrying, into: grid }, await predecessorsOf(tx, successor))
  }
}

/** Settles one duty of a grid by those of the grids that it was made from; false where one of them is open, or it is settled already. */
export async function carryInto(
  patrol: Patrol,
  tx: Tx,
  { into, itemKey, period, at, changeId }: Omit<Carrying, 'gridCode'> & { readonly into: { readonly code: string; readonly path: string } },
  predecessors: readonly string[],
): Promise<boolean> {
  const settled: (Settled | undefined)[] = []
  for (const code of predecessors) settled.push(await findSettled(tx, code, itemKey, period))
  const state = carriedState(settled.map((row) => row?.state))
  const rows = settled.filter((row) => row !== undefined)
  const [first] = rows
  if (!state || !first) return false
  const districtId = patrol.ports.districtIdOf(into.path) || first.districtId
  const id = newId(patrol.platform.runtime, districtId)
  const took = await settle(tx, { ...first, districtId, gridCode: into.code, entryId: id, state })
  if (!took) return false
  await insertEntry(tx, {
    districtId,
    id,
    kind: 'carry',
    gridCode: into.code,
    gridPath: into.path,
    itemKey,
    itemEdition: patrol.register.current?.edition ?? 0,
    period,
    madeAt: at,
    receivedAt: at,
    late: state === 'late',
    personId: null,
    postId: null,
    actKey: null,
    form: null,
    words: null,
    photos: [],
    lon: null,
    lat: null,
    reasonCode: null,
    caseId: null,
    caseNumber: null,
    corrects: null,
    carriedFrom: rows.map((row) => row.entryId),
    changeId,
  })
  return true
}
