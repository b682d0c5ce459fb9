import { many, sql, type Db } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { isVisible } from '../rules.ts'
import type { CaseRecord } from '../store.ts'
import { compare, METRES_PER_DEGREE, type Likeness, type SimilarCase } from './likeness.ts'

/** What is less alike than this is not worth a look. */
const LEAST = 0.35

/**
 * Open cases that may be the same event (疑似重复): near in place and time, the most alike first. Place counts for half, words and matter
 * for the rest; without a nearby place nothing is alike. It only proposes: whether two are one is for a person to say.
 */
export async function findSimilar(db: Db, limits: { readonly metres: number; readonly days: number }, like: Likeness, at: Date): Promise<SimilarCase[]> {
  const north = limits.metres / METRES_PER_DEGREE
  const east = north / Math.max(0.1, Math.cos((like.lat * Math.PI) / 180))
  const rows = await many<CaseRecord>(
    db,
    sql`select * from cases."case" where lon between ${like.lon - east} and ${like.lon + east} and lat between ${like.lat - north} and ${like.lat + north}
      and opened_at between ${new Date(like.at.getTime() - limits.days * 86_400_000)} and ${at} and state not in ('closed', 'evaluated', 'voided', 'linked') and id is distinct from ${like.except}::uuid
      order by opened_at desc, id desc limit 200`,
  )
  return rows
    .map((row) => compare(row, like, limits))
    .filter((found) => found.metres <= limits.metres && found.score >= LEAST)
    .toSorted((one, other) => other.score - one.score || one.metres - other.metres)
    .slice(0, 10)
}

/** The same for a case that is there: only others that the actor may see; none where the case has no position. */
export async function similarTo(platform: Platform, actor: PersonActor, row: CaseRecord): Promise<SimilarCase[]> {
  if (row.lon === null || row.lat === null) return []
  const like = { lon: row.lon, lat: row.lat, at: row.opened_at, text: `${row.title} ${row.matter_name ?? ''}`, matterKey: row.matter_key, except: row.id }
  const found = await findSimilar(platform.db, platform.city.city.loop.similar, like, new Date(platform.runtime.now()))
  return found.filter(({ row: other }) => isVisible(actor, other.area_path, other.involved))
}
