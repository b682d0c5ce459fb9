import type { DispatchRules } from '@linli/contract/city'
import { many, sql, type Db, type Tx } from '../../platform/db/database.ts'
import type { OwnerRule } from './rules.ts'

export const readRules = (db: Db) =>
  many<OwnerRule>(
    db,
    sql`
  select id, matter, area_code as "areaCode", owner_unit as owner, co_owners as "coOwners", valid_from::text as "validFrom", valid_to::text as "validTo", note, source, case_number as "caseNumber" from dispatch.rule order by id`,
  )

export async function insertRules(tx: Tx, { rules }: DispatchRules): Promise<void> {
  await sql`insert into dispatch.rule (id, matter, area_code, owner_unit, co_owners, valid_from, note)
    select id, matter, "areaCode", owner, "coOwners", "validFrom", note from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as row (id text, matter text, "areaCode" text, owner text, "coOwners" text[], "validFrom" date, note text)`.execute(
    tx,
  )
}

/** Writes what an arbitration ruled as a rule from that day on; the same ruling twice is one rule. */
export async function insertRuling(
  tx: Tx,
  ruling: {
    readonly rule: string
    readonly matterKey: string
    readonly areaCode: string
    readonly owner: string
    readonly validFrom: string
    readonly caseNumber: string
  },
): Promise<void> {
  await sql`insert into dispatch.rule (id, matter, area_code, owner_unit, co_owners, valid_from, note, source, case_number)
    values (${ruling.rule}, ${ruling.matterKey}, ${ruling.areaCode}, ${ruling.owner}, '{}', ${ruling.validFrom}, ${`争议裁定 ${ruling.caseNumber}`}, 'ruling', ${ruling.caseNumber}) on conflict (id) do nothing`.execute(
    tx,
  )
}
