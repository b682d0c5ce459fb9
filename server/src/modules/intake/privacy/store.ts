import { districtOf } from '@linli/lib/ids'
import { many, sql, type Queryable, type Tx } from '../../../platform/db/database.ts'
import type { CaseEraser } from '../../../platform/privacy/eraser.ts'

export interface ReportOfCase {
  readonly reportId: string
  readonly caseId: string
  readonly channel: string
  readonly receivedAt: Date
  readonly said: string
  readonly address: string | null
  readonly name: string | null
  readonly contact: string | null
}

/** All reports of the cases with their reporters, the oldest first; as said, for a caller that masks or logs. */
export const listReportsOfCases = (db: Queryable, caseIds: readonly string[]) =>
  many<ReportOfCase>(
    db,
    sql`select report.id as "reportId", case_id as "caseId", channel, received_at as "receivedAt", said, address, reporter.name, reporter.contact
      from intake.report left join intake.reporter on reporter.district_id = report.district_id and reporter.report_id = report.id
      where case_id = any(${[...caseIds]}::uuid[]) order by received_at, report.id`,
  )

/** Writes the reporter of a report anew. */
export async function writeReporter(tx: Tx, reportId: string, reporter: { readonly name: string | null; readonly contact: string | null }): Promise<void> {
  await sql`insert into intake.reporter (district_id, report_id, name, contact) select district_id, id, ${reporter.name}, ${reporter.contact} from intake.report where district_id = ${districtOf(reportId)} and id = ${reportId}
    on conflict (district_id, report_id) do update set name = excluded.name, contact = excluded.contact`.execute(tx)
}

/** What reporters said: words, address, position as sent, answers and the list of photos. */
export const wordsEraser: CaseEraser = {
  name: 'intake.words',
  columns: ['title', 'said', 'form', 'photos', 'address', 'said_position'].map((column) => `intake.report.${column}`),
  ofCases: async (tx, cases) => {
    const gone = await many<{ id: string }>(
      tx,
      sql`update intake.report set title = '', said = '', form = null, photos = '{}', address = null, said_position = null
        where case_id = any(${cases.map((one) => one.id)}::uuid[])
          and (title <> '' or said <> '' or form is not null or photos <> '{}' or address is not null or said_position is not null) returning id`,
    )
    return gone.map((row) => row.id).toSorted()
  },
}

/** Who reported: name and contact go with their row. */
export const reporterEraser: CaseEraser = {
  name: 'intake.reporters',
  columns: ['intake.reporter.name', 'intake.reporter.contact'],
  ofCases: async (tx, cases) => {
    const gone = await many<{ id: string }>(
      tx,
      sql`delete from intake.reporter using intake.report where report.district_id = reporter.district_id and report.id = reporter.report_id
        and report.case_id = any(${cases.map((one) => one.id)}::uuid[]) returning reporter.report_id as id`,
    )
    return gone.map((row) => row.id).toSorted()
  },
}
