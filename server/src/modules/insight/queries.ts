import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { insight as contract } from '@linli/contract/endpoints/reach'
import { Refusal } from '@linli/contract/errors'
import { many, sql } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import { indicatorSql, visibleTo } from '../cases/index.ts'
import { definitions } from './definitions.ts'

export interface InsightPorts {
  areaPathOf(code: string): string | undefined
  childrenOf(code: string): readonly { code: string; name: string }[]
  unitName(code: string): string | undefined
}
type Answer = AnswerOf<typeof contract.indicators>
type Rate = Answer['total'][number]
export type Counted = Record<string, number> & { group_code: string | null }

/** What stands beside the rates, so that nobody takes a rate for more than it is. */
const BESIDE = sql.raw(`count(*) filter (where exempt = 'pending') as pending, count(*) filter (where exempt = 'granted') as granted,
  count(*) filter (where track = 'simple') as simple, count(*) filter (where track = 'hard') as hard, count(*) filter (where track_rule like 'person:%') as overridden, count(*) filter (where track is null) as trackless,
  count(*) filter (where closed_at is not null and answered_at is null) as unanswered`)

/** Rates for the actor's scope below a parent area, whole and by area or unit. */
export async function indicators(platform: Platform, ports: InsightPorts, actor: PersonActor, query: QueryOf<typeof contract.indicators>): Promise<Answer> {
  const { scopeCode, path } = scopeOf(platform, ports, actor, query.parent)
  const below = sql`(area_path = ${path} or area_path like ${`${path}.%`})`
  const group = query.by === 'unit' ? sql`owner_unit` : sql`split_part(area_path, '.', ${path.split('.').length + 1})`
  const rows = await many<Counted>(
    platform.db,
    sql`
    select grouping(group_code) = 1 as whole, group_code, ${rateColumns()}, count(*) filter (where state not in ('closed', 'evaluated', 'voided')) as open, count(*) filter (where overdue) as overdue, ${BESIDE}
    from (select *, ${group} as group_code from cases_pub.case_fact where ${visibleTo(actor)} and ${below} and opened_at >= ${new Date(query.from)} and opened_at < ${new Date(query.to)} ${query.track === undefined ? sql`` : sql`and track = ${query.track}`}) as fact
    group by grouping sets ((), (group_code))`,
  )
  const whole = rows.find((row) => Boolean(row['whole']))
  const groups = new Map(rows.filter((row) => !row['whole'] && row.group_code).map((row) => [row.group_code ?? '', row]))
  const named = query.by === 'unit' ? [...groups.keys()].sort().map((code) => ({ code, name: ports.unitName(code) ?? code })) : ports.childrenOf(scopeCode)
  return {
    asOf: new Date(platform.runtime.now()).toISOString(),
    from: query.from,
    to: query.to,
    definitions: definitions.map((definition) => ({ ...definition })),
    total: ratesOf(whole),
    rows: named.map(({ code, name }) => ({ code, name, rates: ratesOf(groups.get(code)) })),
    open: whole?.['open'] ?? 0,
    overdue: whole?.['overdue'] ?? 0,
    appealed: { pending: whole?.['pending'] ?? 0, granted: whole?.['granted'] ?? 0 },
    tracks: { simple: whole?.['simple'] ?? 0, hard: whole?.['hard'] ?? 0, overridden: whole?.['overridden'] ?? 0, none: whole?.['trackless'] ?? 0 },
    unanswered: whole?.['unanswered'] ?? 0,
  }
}

/** The area that figures are asked of: the one named, or that of the actor's post. */
export function scopeOf(platform: Platform, ports: Pick<InsightPorts, 'areaPathOf'>, actor: PersonActor, parent: string | undefined) {
  const scopeCode = parent ?? actor.areaPath.split('.').at(-1) ?? platform.city.city.division
  const path = ports.areaPathOf(scopeCode)
  if (path === undefined) throw new Refusal('NOT_FOUND')
  return { scopeCode, path }
}

/** Numerator and denominator of every indicator, as columns over `cases_pub.case_fact`. */
export const rateColumns = () =>
  sql.join(
    definitions.flatMap(({ indicator }) => {
      const { of, fulfilled } = indicatorSql[indicator] ?? { of: sql.raw('false'), fulfilled: sql.raw('false') }
      return [sql`count(*) filter (where ${fulfilled}) as ${sql.ref(`${indicator}_n`)}`, sql`count(*) filter (where ${of}) as ${sql.ref(`${indicator}_d`)}`]
    }),
  )

/** A zero denominator has no rate, never 100 %. */
export function ratesOf(row: Counted | undefined): Rate[] {
  return definitions.map(({ indicator }) => {
    const numerator = row?.[`${indicator}_n`] ?? 0
    const denominator = row?.[`${indicator}_d`] ?? 0
    return { indicator, numerator, denominator, value: denominator === 0 ? null : numerator / denominator }
  })
}
