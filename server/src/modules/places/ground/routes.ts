import { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import { cursorOf, readCursor } from '../../../platform/http/cursor.ts'
import { limitOf, route, type Call, type Route } from '../../../platform/http/request.ts'
import { idempotencyKey } from '../../../platform/idempotency.ts'
import { changeGround, previewChange } from '../commands/change-ground.ts'
import type { Ground } from './apply.ts'
import { measured } from './plan-undo.ts'
import { reportCsv } from './report.ts'
import { findChange, listChanges, listVersions, type ChangeRow } from './store.ts'

const PREVIEW = 'preview'
const rowView = (row: ChangeRow) => ({
  id: row.id,
  kind: row.kind,
  at: row.at.toISOString(),
  reason: row.reason,
  postTitle: row.postTitle,
  unitName: row.unitName,
  areas: row.areas,
  moving: row.moving,
  undoes: row.undoes,
  undoneBy: row.undoneBy,
})
const clientOf = ({ actor }: Pick<Call<unknown>, 'actor'>) => (actor.kind === 'person' ? actor.personId : actor.kind)

/** Routes by which areas and grids change over time, and by which their past is read. */
export function groundRoutes(ground: Ground): Route[] {
  const { db } = ground.platform
  const asked = (call: Pick<Call<unknown>, 'actor' | 'requestId'>, reason: string) => ({ reason, actor: call.actor, requestId: call.requestId })
  const keyOf = (call: Pick<Call<unknown>, 'actor' | 'key'>, what: string, body: unknown) => idempotencyKey(`places.${what}`, clientOf(call), call.key, body)
  const get = async (id: string) => {
    const change = await findChange(db, id)
    if (!change) throw new Refusal('NOT_FOUND')
    return change
  }
  return [
    route(contract.previewBoundaries, async (call) => previewChange(ground, { kind: 'boundaries', ...call.body }, asked(call, PREVIEW))),
    route(contract.changeBoundaries, async (call) => {
      const { reason, acceptFaults = false, ...wish } = call.body
      return changeGround(ground, { kind: 'boundaries', ...wish }, { ...asked(call, reason), acceptFaults }, keyOf(call, 'boundaries', call.body))
    }),
    route(contract.previewMerge, async (call) => previewChange(ground, { kind: 'merge', ...call.body }, asked(call, PREVIEW))),
    route(contract.mergeGrids, async (call) => {
      const { reason, merges } = call.body
      return changeGround(ground, { kind: 'merge', merges }, { ...asked(call, reason), acceptFaults: true }, keyOf(call, 'merge', call.body))
    }),
    route(contract.previewSplit, async (call) => previewChange(ground, { kind: 'split', ...call.body }, asked(call, PREVIEW))),
    route(contract.splitGrid, async (call) => {
      const { reason, acceptFaults = false, ...wish } = call.body
      return changeGround(ground, { kind: 'split', ...wish }, { ...asked(call, reason), acceptFaults }, keyOf(call, 'split', call.body))
    }),
    route(contract.undoChange, async (call) => {
      const body = { ...call.body, id: call.params.id }
      return changeGround(ground, { kind: 'undo', id: call.params.id }, { ...asked(call, call.body.reason), acceptFaults: true }, keyOf(call, 'undo', body))
    }),
    route(contract.listChanges, async (call) => {
      const limit = limitOf(call.query)
      const after = call.query.cursor === undefined ? undefined : readCursor(call.query.cursor)
      const rows = await listChanges(db, { area: call.query.area, after, limit: limit + 1 })
      const last = rows[limit - 1]
      return { rows: rows.slice(0, limit).map(rowView), next: rows.length > limit && last ? cursorOf(last.at, last.id) : null }
    }),
    route(contract.getChange, async (call) => {
      const { report, ...row } = await get(call.params.id)
      return { change: rowView(row), report }
    }),
    route(contract.exportChange, async (call) => {
      const { report, at } = await get(call.params.id)
      call.header('content-type', 'text/csv; charset=utf-8')
      call.header('content-disposition', `attachment; filename="areas-${at.toISOString().slice(0, 10)}.csv"`)
      return Buffer.from(reportCsv(report))
    }),
    route(contract.listVersions, async (call) => {
      const rows = await listVersions(db, call.params.code)
      if (rows.length === 0) throw new Refusal('NOT_FOUND')
      return {
        rows: rows.map((row) => ({
          version: row.version,
          name: row.name,
          path: row.path,
          areaM2: row.areaM2 ?? measured({ ...row, code: '', parentCode: null, level: '', gridKind: null, lon: null, lat: null }).areaM2,
          validFrom: row.validFrom.toISOString(),
          validTo: row.validTo?.toISOString() ?? null,
          changeId: row.changeId,
        })),
      }
    }),
  ]
}
