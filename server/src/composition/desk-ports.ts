import { dueAt } from '@linli/lib/time/clocks'
import type { Catalog } from '../modules/catalog/index.ts'
import type { Cases } from '../modules/cases/index.ts'
import type { DeskPorts } from '../modules/desk/index.ts'

const ENDED: ReadonlySet<string> = new Set(['closed', 'evaluated', 'voided'])

/** What the desk is given by the engine and the working calendar. */
export function deskPorts({ cases, catalog }: { cases: Cases; catalog: Catalog }): DeskPorts {
  return {
    visibleCase: async (actor, id) => {
      const row = await cases.visible(actor, id)
      return { id: row.id, districtId: row.district_id, seq: row.seq, ended: ENDED.has(row.state), areaPath: row.area_path, involved: row.involved }
    },
    countCases: (actor, filter, upTo) => cases.count(actor, { ...filter, upTo: String(upTo) }),
    waitingFor: (actor, asked) => cases.waitingFor(actor, asked),
    previewMoves: (actor, ids, move) => cases.preview(actor, ids, move),
    workHoursFrom: (hours, at) => new Date(dueAt('workHour', hours, at, catalog.calendar()).dueAt),
  }
}
