import { districtOf } from '@linli/lib/ids'
import { many, one, sql, type Tx } from '../../../platform/db/database.ts'
import type { CaseEraser, EndedCase } from '../../../platform/privacy/eraser.ts'
import type { HeldCase } from '../../../platform/privacy/holds.ts'

const ENDED = sql.raw(`state in ('closed', 'evaluated', 'voided')`)
const FACTS = sql.raw('district_id as "districtId", id, state_at as "endedAt"')

/** Cases that ended before an instant, the longest ago first, behind a mark; one that was reopened since has not ended. */
export function endedCases(tx: Tx, before: Date, after: { endedAt: Date; id: string } | undefined, limit: number): Promise<EndedCase[]> {
  return many(
    tx,
    sql`select ${FACTS} from cases."case" where ${ENDED} and state_at < ${before} and (${after?.endedAt ?? null}::timestamptz is null or (state_at, id) > (${after?.endedAt ?? null}, ${after?.id ?? null}::uuid))
      order by state_at, id limit ${limit}`,
  )
}

/** Those of the cases that ended before an instant. */
export function endedAmong(tx: Tx, ids: readonly string[], before: Date): Promise<EndedCase[]> {
  const districts = [...new Set(ids.map(districtOf))]
  return many(
    tx,
    sql`select ${FACTS} from cases."case" where district_id = any(${districts}) and id = any(${[...ids]}::uuid[]) and ${ENDED} and state_at < ${before} order by state_at, id`,
  )
}

/** What a legal hold needs to know of a case. */
export const findHeldCase = (tx: Tx, id: string) =>
  one<HeldCase>(
    tx,
    sql`select district_id as "districtId", id, number, area_path as "areaPath" from cases."case" where district_id = ${districtOf(id)} and id = ${id}`,
  )

/**
 * Erases the words of ended cases: titles, and what each line of the ledger says beyond its facts. The lines stay with the digests of their
 * words, so the chain still proves every fact (ADR 2).
 */
export const casesEraser: CaseEraser = {
  name: 'cases.words',
  columns: ['cases.case.title', 'cases.case_text.title', 'cases.entry_words.words'],
  ofCases: async (tx, cases) => {
    const ids = cases.map((one) => one.id)
    const districts = [...new Set(cases.map((one) => one.districtId))]
    const gone = await many<{ id: string }>(
      tx,
      sql`delete from cases.entry_words where district_id = any(${districts}) and case_id = any(${ids}::uuid[]) returning case_id || '/' || seq as id`,
    )
    await sql`with untitled as (update cases."case" set title = coalesce(matter_name, '—') where district_id = any(${districts}) and id = any(${ids}::uuid[]) and title <> coalesce(matter_name, '—')
        returning district_id, id, title)
      update cases.case_text as text set title = untitled.title from untitled where text.district_id = untitled.district_id and text.id = untitled.id`.execute(
      tx,
    )
    return gone.map((row) => row.id).toSorted()
  },
}
