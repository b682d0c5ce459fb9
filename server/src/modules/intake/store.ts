import { many, one, sql, write, type Queryable, type Tx } from '../../platform/db/database.ts'

export interface ReportRow {
  districtId: number
  id: string
  caseId: string
  receiptHash: string
  channel: string
  title: string
  said: string
  address: string | null
  component: string | null
  form: unknown
  saidAt: Date | null
  receivedAt: Date
  flags: string[]
  photos: string[]
  saidPosition: unknown
  areaPath: string
  outcome: string
  reasonCode: string
  reasonZh: string
  reasonEn: string
  rule: string | null
  facts: string[]
}

export async function insertReport(tx: Tx, row: ReportRow, reporter: { name: string | null; contact: string | null } | null): Promise<void> {
  await write(
    tx,
    sql`insert into intake.report (district_id, id, case_id, receipt_hash, channel, title, said, address, component, form, said_at, received_at, flags, photos, said_position, area_path, outcome, reason_code, reason_zh, reason_en, rule, facts)
    values (${row.districtId}, ${row.id}, ${row.caseId}, ${row.receiptHash}, ${row.channel}, ${row.title}, ${row.said}, ${row.address}, ${row.component}, ${row.form === undefined ? null : JSON.stringify(row.form)}::jsonb, ${row.saidAt}, ${row.receivedAt}, ${row.flags}, ${row.photos}::uuid[],
      ${row.saidPosition === null ? null : JSON.stringify(row.saidPosition)}::jsonb, ${row.areaPath}, ${row.outcome}, ${row.reasonCode}, ${row.reasonZh}, ${row.reasonEn}, ${row.rule}, ${row.facts})`,
  )
  if (reporter)
    await write(
      tx,
      sql`insert into intake.reporter (district_id, report_id, name, contact) values (${row.districtId}, ${row.id}, ${reporter.name}, ${reporter.contact})`,
    )
}

const COLUMNS =
  sql.raw(`report.district_id as "districtId", report.id, case_id as "caseId", receipt_hash as "receiptHash", channel, title, said, address, component, form, said_at as "saidAt", received_at as "receivedAt", flags, photos, said_position as "saidPosition",
  area_path as "areaPath", outcome, reason_code as "reasonCode", reason_zh as "reasonZh", reason_en as "reasonEn", rule, facts`)

/** The first report of a case with its contact. */
export const findReportOfCase = (db: Queryable, caseId: string) =>
  one<ReportRow & { reporterName: string | null; reporterContact: string | null }>(
    db,
    sql`
  select ${COLUMNS}, reporter.name as "reporterName", reporter.contact as "reporterContact" from intake.report left join intake.reporter on reporter.district_id = report.district_id and reporter.report_id = report.id
  where case_id = ${caseId} order by received_at limit 1`,
  )
export const findReportByReceipt = (db: Queryable, receiptHash: string) =>
  one<ReportRow>(db, sql`select ${COLUMNS} from intake.report where receipt_hash = ${receiptHash}`)

export const listReports = (
  db: Queryable,
  filter: {
    scopePath: string
    outcome: string | undefined
    reason: string | undefined
    channel: string | undefined
    after: { at: Date; id: string } | undefined
    limit: number
  },
) =>
  many<ReportRow & { number: string }>(
    db,
    sql`
  select ${COLUMNS}, (select number from cases_pub.case_number where case_number.id = report.case_id and case_number.district_id = report.district_id) as number from intake.report
  where (area_path = ${filter.scopePath} or area_path like ${`${filter.scopePath}.%`}) and (${filter.outcome ?? null}::text is null or outcome = ${filter.outcome ?? ''}) and (${filter.reason ?? null}::text is null or reason_code = ${filter.reason ?? ''})
    and (${filter.channel ?? null}::text is null or channel = ${filter.channel ?? ''}) and (${filter.after?.at ?? null}::timestamptz is null or (received_at, id) < (${filter.after?.at ?? null}, ${filter.after?.id ?? null}::uuid))
  order by received_at desc, id desc limit ${filter.limit}`,
  )
