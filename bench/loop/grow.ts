import { sql } from '../../server/src/platform/db/database.ts'
import { loadCopies, type Copies } from '../../server/test/support/bulk-cases.ts'
import { drained, walkCase, type City } from './city.ts'
import { HttpConnection } from './http.ts'

/** Nearly all cases of a city have ended; a few stand somewhere on the way. */
const SHARES: readonly (readonly [until: string, share: number, days: number])[] = [
  ['evaluate', 0.8, 1_000],
  ['close', 0.19, 1_000],
  ['accept', 0.006, 0.02],
  ['handle', 0.002, 0.01],
  ['check', 0.002, 0.01],
]
const PLACES = 60

/** Fills the city up to so many cases with valid copies of cases that were walked over HTTP; returns how many there are. */
export async function growTo(city: City, size: number): Promise<number> {
  const count = async () => (await sql<{ count: number }>`select count(*) as count from cases."case"`.execute(city.db)).rows[0]?.count ?? 0
  const missing = size - (await count())
  if (missing < 1_000) return count()
  const connection = await HttpConnection.open(city.url)
  const copies: Copies[] = []
  for (const [until, share, days] of SHARES)
    for (let place = 0; place < PLACES; place++)
      copies.push({ caseId: await walkCase(city, connection, place * 5, until), count: Math.max(1, Math.round((missing * share) / PLACES)), days })
  connection.close()
  await drained(city)
  const began = performance.now()
  const { rows } = await sql<{
    last: number
  }>`select coalesce(max(split_part(number, '-', 3)::bigint), 0) as last from cases."case" where length(number) > 20`.execute(city.db)
  await loadCopies(city.db, copies, Math.max(1_000_000_000, rows[0]?.last ?? 0) + 1)
  await sql`checkpoint`.execute(city.db)
  console.error(`${await count()} cases, loaded in ${Math.round((performance.now() - began) / 1_000)} s`)
  return count()
}
