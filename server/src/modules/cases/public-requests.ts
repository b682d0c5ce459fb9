import { many, type Db } from '../../platform/db/database.ts'
import { publicCases, type PublicCaseFilter, type PublicCaseRow } from './public-requests/queries.ts'

/** States in which a case is over for whoever reported it. */
const ENDED: ReadonlySet<string> = new Set(['closed', 'evaluated', 'voided'])

/** Cases as anybody may read them (公开办理情况), newest first: no words, no person, and none whose matter is not of the domains named. */
export async function listPublicCases(db: Db, filter: PublicCaseFilter): Promise<(PublicCaseRow & { readonly closed: boolean })[]> {
  const rows = await many(db, publicCases(filter))
  return rows.map((row) => ({ ...row, closed: ENDED.has(row.state) }))
}
