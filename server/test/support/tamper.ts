import pg from 'pg'
import { verifyAll } from '../../src/cli/verify.ts'
import type { AnchorFile } from '../../src/platform/audit/anchor.ts'
import { sql, type Db } from '../../src/platform/db/database.ts'

/** A case with many lines, and the district whose audit is longest: what tests tamper with. */
export interface Target {
  readonly case: string
  readonly lines: number
  readonly stream: number
}

class Undo extends Error {}

/** Runs SQL statements one after another, `$1` and on standing for the values. */
export async function runSql(db: Db, statements: string, ...values: readonly (string | number)[]): Promise<void> {
  for (const statement of statements.split('; ')) {
    const text = statement.replaceAll(/\$(\d)/g, (_all, index: string) => pg.escapeLiteral(String(values[Number(index) - 1])))
    await sql.raw(text).execute(db)
  }
}

export async function chooseTarget(db: Db): Promise<Target> {
  const { rows } =
    await sql<Target>`select id as case, seq as lines, (select district_id from platform.seal_head where stream = 'audit' order by seq desc limit 1) as stream
    from cases."case" where lon is not null order by seq desc limit 1`.execute(db)
  if (!rows[0]) throw new Error('there is no case')
  return rows[0]
}

/** Does something to the database with the guard of the ledger off, verifies it all, takes it back, and returns the codes of what was found. */
export async function findingsAfter(db: Db, tamper: (tx: Db) => Promise<unknown>, anchors: AnchorFile | undefined): Promise<string[]> {
  let codes: string[] = []
  const undone = db.transaction().execute(async (tx) => {
    await sql`alter table cases.entry disable trigger entry_append_only`.execute(tx)
    await tamper(tx)
    codes = (await verifyAll(tx, anchors)).findings.map((finding) => finding.code)
    throw new Undo()
  })
  await undone.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error
  })
  return codes
}
