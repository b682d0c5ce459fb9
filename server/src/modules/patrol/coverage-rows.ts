import type { AnswerOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import type { PersonActor } from '../../platform/rights/actor.ts'
import { countedAt, spanOf, standingAt, type Asked } from './coverage.ts'
import type { Patrol } from './patrol.ts'
import { settledOf } from './queries.ts'
import { unsettledState, type DutyState } from './rules.ts'
import { dutyView, type DutyView } from './views.ts'

/** The duties behind the figures, by period, item and grid, as many as a page holds; the mark of the next page is the place of a period and a grid. */
export async function coverageRows(
  patrol: Patrol,
  actor: PersonActor,
  asked: Asked & { readonly state?: DutyState; readonly cursor?: string },
  limit: number,
): Promise<AnswerOf<typeof contract.listCoverage>> {
  const span = await spanOf(patrol, actor, asked)
  const versions = await span.versions()
  const start = cursorOf(asked.cursor)
  const rows: DutyView[] = []
  for (let at = start.period; at < span.due.length; at += 1) {
    const each = span.due[at]
    if (!each) break
    const grids = standingAt(versions, countedAt(each, span.now), each.below)
    const codes = grids.map((grid) => grid.code)
    const settled = new Map((await settledOf(patrol.platform.db, each.item.key, each.period.key, codes)).map((row) => [row.gridCode, row]))
    for (let place = at === start.period ? start.grid : 0; place < grids.length; place += 1) {
      const grid = grids[place]
      const row = settled.get(grid?.code ?? '')
      const state = row?.state ?? unsettledState(each.period, span.now)
      if (!grid || (asked.state !== undefined && state !== asked.state)) continue
      if (rows.length === limit) return { rows, next: Buffer.from(JSON.stringify([at, place])).toString('base64url') }
      rows.push(dutyView(grid, each, state, row?.entryId ?? null))
    }
  }
  return { rows, next: null }
}

function cursorOf(cursor: string | undefined): { period: number; grid: number } {
  if (cursor === undefined) return { period: 0, grid: 0 }
  try {
    const [period, grid] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (!Number.isInteger(period) || !Number.isInteger(grid)) throw new Error('shape')
    return { period: Number(period), grid: Number(grid) }
  } catch {
    throw new Refusal('CURSOR_INVALID', [{ pointer: '/querystring/cursor', code: 'CURSOR_INVALID' }])
  }
}
