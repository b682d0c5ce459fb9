import type { DispatchRules } from '@linli/contract/city'
import { many, sql, type Db, type Tx } from '../../platform/db/database.ts'
import type { OwnerRule } from './rules.ts'

export const readRules = (db: Db) =>
  many<OwnerRule>(
    db,
    sql`
  select id, matter, area_code as "areaCode", owner_unit as owner, co_owners as "coOwners", valid_from::text as "validFrom", valid_to::text as "validTo", note from dispatch.rule order by id`,
  )

export async function insertRules(tx: Tx, { rules }: DispatchRules): Promise<void> {
  await sql`insert into dispatch.rule (id, matter, area_code, owner_unit, co_owners, valid_from, note)
    select id, matter, "areaCode", owner, "coOwners", "validFrom", note from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as row (id text, matter text, "areaCode" text, owner text, "coOwners" text[], "validFrom" date, note text)`.execute(
    tx,
  )
}
