import type { AnswerOf } from '@linli/contract/endpoint'
import type { feedBack as contract } from '@linli/contract/endpoints/feed-back'
import { Refusal } from '@linli/contract/errors'
import { DAY_MS, dayNumber, dayText } from '@linli/lib/time/day'
import { dayStart, readZone } from '@linli/lib/time/zone'
import type { Platform } from '../../../platform/platform.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { casesByArea, casesByMatter, componentsByType, type CaseCounts } from './queries.ts'
import { sets, type SetName } from './sets.ts'

/** How far duties were carried out below an area, for feed-back. */
export interface DutyFigures {
  readonly code: string
  readonly name: string
  readonly due: number
  readonly done: number
  readonly late: number
  readonly excused: number
  readonly missed: number
  readonly onTime: number | null
}
export interface FeedBackPorts {
  findArea(code: string): { readonly code: string; readonly name: string; readonly path: string } | undefined
  areaName(code: string): string
  duties(actor: PersonActor, asked: { readonly parent: string; readonly from: string; readonly to: string }): Promise<readonly DutyFigures[]>
}
type Answer = AnswerOf<typeof contract.getSet>
type Cell = Answer['rows'][number][number]

/** One data set of an area in the caller's scope for a month 'YYYY-MM' (数据反哺); NOT_FOUND outside the scope. */
export async function makeSet(
  platform: Platform,
  ports: FeedBackPorts,
  actor: PersonActor,
  asked: { readonly set: SetName; readonly area: string; readonly period: string },
): Promise<Answer> {
  const area = ports.findArea(asked.area)
  const set = sets.find((each) => each.set === asked.set)
  if (!area || !set || !within(actor.areaPath, area.path)) throw new Refusal('NOT_FOUND')
  const [first, last] = monthOf(asked.period)
  const zone = readZone(platform.city.city.timeZone, (first - 2) * DAY_MS, (last + 3) * DAY_MS)
  const span = { path: area.path, from: new Date(dayStart(zone, first)), to: new Date(dayStart(zone, last + 1)) }
  const asOf = new Date(platform.runtime.now()).toISOString()
  const rows = await rowsOf(asked.set)
  return {
    set: set.set,
    areaCode: area.code,
    areaName: area.name,
    period: asked.period,
    asOf,
    fields: set.fields.map((field) => ({ ...field })),
    count: rows.length,
    rows,
  }

  async function rowsOf(name: SetName): Promise<Cell[][]> {
    const { db } = platform
    switch (name) {
      case 'cases':
        return (await casesByArea(db, span)).map((row) => [row.code ?? area?.code ?? '', ports.areaName(row.code ?? area?.code ?? ''), ...figures(row)])
      case 'matters':
        return (await casesByMatter(db, span)).map((row) => [row.code, row.name, ...figures(row)])
      case 'duties':
        return (await ports.duties(actor, { parent: area?.code ?? '', from: dayText(first), to: dayText(last) })).map((row) => [
          row.code,
          row.name,
          row.due,
          row.done,
          row.late,
          row.excused,
          row.missed,
          row.onTime,
        ])
      case 'components':
        return (await componentsByType(db, span.path)).map((row) => [row.scheme, row.typeCode, row.state, row.count])
    }
  }
}

function figures(row: CaseCounts): Cell[] {
  const share = row.toClose === 0 ? null : row.closedOnTime / row.toClose
  return [row.received, row.filed, row.handled, row.handledOnTime, row.closed, row.closedOnTime, row.toClose, share, row.open]
}

/** First and last day of a month, days since 1970-01-01. */
function monthOf(period: string): [first: number, last: number] {
  const first = dayNumber(`${period}-01`)
  const date = new Date(first * DAY_MS)
  return [first, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS - 1]
}
