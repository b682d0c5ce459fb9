import { sql, together, write, type Db, type Tx } from '../db/database.ts'
import { byIndexAlone, districtsWaiting } from '../db/queue.ts'
import { canonical, digest, type HashAlg } from './hash.ts'

/** The two streams that are written unchained and sealed afterwards, with the columns that their hash covers. */
export const STREAMS = {
  audit: ['id', 'at', 'request_id', 'person_id', 'post_id', 'actor_kind', 'action', 'object_kind', 'object_id', 'outcome', 'error_code'],
  read_log: ['id', 'at', 'request_id', 'person_id', 'post_id', 'endpoint', 'purpose', 'object_kind', 'object_id', 'row_count'],
} as const
export type Stream = keyof typeof STREAMS
export const STREAM_NAMES = Object.keys(STREAMS) as Stream[]

export type StreamRow = Record<string, unknown> & { id: string }

/** The hash of one sealed row: H(prev ‖ JCS({district, seq, columns})). */
export function sealHash(alg: HashAlg, stream: Stream, districtId: number, seq: number, prev: string, row: StreamRow): string {
  const fields = Object.fromEntries(STREAMS[stream].map((column) => [column, row[column] instanceof Date ? row[column].toISOString() : (row[column] ?? null)]))
  return digest(alg, prev, canonical({ alg, stream, districtId, seq, ...fields }))
}

/** Chains the committed rows that are not sealed yet, per district; no writer waits for it. Returns how many it sealed. */
export async function sealStreams(db: Db, alg: HashAlg): Promise<number> {
  let sealed = 0
  for (const stream of STREAM_NAMES) {
    const districts = await districtsWaiting(db, `platform.${stream}`, sql`sealed_seq is null`)
    for (const districtId of districts) sealed += await db.transaction().execute((tx) => sealDistrict(tx, alg, stream, districtId))
  }
  return sealed
}

async function sealDistrict(tx: Tx, alg: HashAlg, stream: Stream, districtId: number): Promise<number> {
  await write(tx, sql`insert into platform.seal_head (stream, district_id, seq, hash) values (${stream}, ${districtId}, 0, '') on conflict do nothing`)
  const [, [head], rows] = await together(
    tx,
    byIndexAlone,
    sql<{ seq: number; hash: string }>`select seq, hash from platform.seal_head where stream = ${stream} and district_id = ${districtId} for update`,
    sql<StreamRow>`select * from ${sql.table(`platform.${stream}`)} where district_id = ${districtId} and sealed_seq is null order by at, id limit 2000`,
  )
  if (!head || rows.length === 0) return 0
  let { seq, hash } = head
  const seqs: number[] = []
  const hashes: string[] = []
  for (const row of rows) {
    seq += 1
    hash = sealHash(alg, stream, districtId, seq, hash, row)
    seqs.push(seq)
    hashes.push(hash)
  }
  await write(
    tx,
    sql`update ${sql.table(`platform.${stream}`)} as row set sealed_seq = sealing.seq, sealed_hash = sealing.hash
    from unnest(${rows.map((row) => row.id)}::uuid[], ${seqs}::bigint[], ${hashes}::text[]) as sealing (id, seq, hash)
    where row.district_id = ${districtId} and row.id = sealing.id`,
  )
  await write(tx, sql`update platform.seal_head set seq = ${seq}, hash = ${hash} where stream = ${stream} and district_id = ${districtId}`)
  return rows.length
}
