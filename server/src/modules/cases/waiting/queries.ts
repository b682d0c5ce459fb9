import type { AnswerOf } from '@linli/contract/endpoint'
import type { desk as contract } from '@linli/contract/endpoints/desk'
import { many, sql, type Db } from '../../../platform/db/database.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import type { CasesPorts } from '../ports.ts'
import { visibleTo } from '../queries.ts'
import { tokensOf } from '../rules.ts'
import type { CaseRecord } from '../store.ts'

type Waiting = Pick<AnswerOf<typeof contract.alerts>, 'counts' | 'fresh' | 'soon' | 'late'>
type WaitingRow = Pick<CaseRecord, 'id' | 'number' | 'seq' | 'state' | 'matter_name' | 'area_path' | 'due_at' | 'overdue' | 'state_at'>
type Group = 'fresh' | 'soon' | 'late'

const SHOWN = 20
/** No more of what waits than this is looked at: a post for which more waits needs no exact number to know what to do. */
const LOOKED_AT = 1_000

/** What waits for an actor now (待办提醒): what came since an instant, what is due until another, what is late; each case in the first group that it is in, late before soon before new. */
export async function waitingFor(
  db: Db,
  ports: CasesPorts,
  actor: PersonActor,
  { since, soon, now }: { readonly since: Date; readonly soon: Date; readonly now: Date },
): Promise<Waiting> {
  const rows = await many<WaitingRow & { kind: Group | 'none'; is_new: boolean; nth: number; of: number; fresh: number; looked: number }>(
    db,
    sql`with mine as materialized (
        select id, number, seq, state, matter_name, area_path, due_at, overdue, state_at from cases."case"
        where waiting <> '{}' and waiting && ${tokensOf(actor)}::text[] and ${visibleTo(actor)} order by opened_at desc, id desc limit ${LOOKED_AT + 1}),
      grouped as (select *, count(*) over () as looked, count(*) filter (where state_at > ${since}) over () as fresh, state_at > ${since} as is_new, case when overdue or due_at <= ${now} then 'late' when due_at <= ${soon} then 'soon' when state_at > ${since} then 'fresh' else 'none' end as kind from mine),
      numbered as (select *, count(*) over (partition by kind) as of, row_number() over (partition by kind order by case when kind = 'fresh' then null else due_at end, state_at desc, id) as nth from grouped)
      select * from numbered where nth <= ${SHOWN} order by kind, nth`,
  )
  const of = (kind: Group) => rows.filter((row) => row.kind === kind)
  const count = (kind: Group) => of(kind)[0]?.of ?? 0
  const view = (row: WaitingRow & { is_new: boolean }) => ({
    caseId: row.id,
    number: row.number,
    seq: row.seq,
    state: row.state,
    matterName: row.matter_name,
    areaNames: ports.areaNames(row.area_path),
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.overdue,
    stateAt: row.state_at.toISOString(),
    fresh: row.is_new,
  })
  return {
    counts: { fresh: rows[0]?.fresh ?? 0, soon: count('soon'), late: count('late'), complete: (rows[0]?.looked ?? 0) <= LOOKED_AT },
    fresh: of('fresh').map(view),
    soon: of('soon').map(view),
    late: of('late').map(view),
  }
}
