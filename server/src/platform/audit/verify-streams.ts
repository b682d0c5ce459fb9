import { many, one, sql, type Db } from '../db/database.ts'
import type { Anchor } from './anchor.ts'
import { sealHash, STREAM_NAMES, type Stream, type StreamRow } from './sealer.ts'

export interface StreamFinding {
  readonly code: 'AUDIT_LINE_CHANGED' | 'AUDIT_LINE_MISSING' | 'AUDIT_TAIL_MISSING' | 'AUDIT_ANCHOR_DIFFERS'
  readonly where: string
  readonly seq: number | null
  readonly detail?: string
}
type SealedRow = StreamRow & { sealed_seq: number; sealed_hash: string }

const BATCH = 5_000

/** Recomputes the chains of the audit and the read log, district by district, and compares them with the newest anchor. */
export async function verifyStreams(db: Db, anchors: readonly Anchor[]): Promise<{ counts: Record<Stream, number>; findings: StreamFinding[] }> {
  const counts: Record<Stream, number> = { audit: 0, read_log: 0 }
  const findings: StreamFinding[] = []
  for (const stream of STREAM_NAMES) {
    const anchored = anchoredSeqs(anchors, stream)
    const stored = await many<{ district_id: number }>(
      db,
      sql`select district_id from ${sql.table(`platform.${stream}`)} where sealed_seq is not null union select district_id from platform.seal_head where stream = ${stream} and seq > 0`,
    )
    for (const districtId of new Set([...stored.map((row) => row.district_id), ...anchored.keys()]))
      counts[stream] += await verifyChain(db, stream, districtId, anchored.get(districtId) ?? new Map(), findings)
  }
  return { counts, findings }
}

async function verifyChain(db: Db, stream: Stream, districtId: number, anchored: ReadonlyMap<number, string>, findings: StreamFinding[]): Promise<number> {
  const where = `${stream} of district ${districtId}`
  let seq = 0
  let prev = ''
  for (;;) {
    const rows = await many<SealedRow>(
      db,
      sql`select * from ${sql.table(`platform.${stream}`)} where district_id = ${districtId} and sealed_seq > ${seq} order by sealed_seq limit ${BATCH}`,
    )
    for (const row of rows) {
      if (row.sealed_seq !== seq + 1) findings.push({ code: 'AUDIT_LINE_MISSING', where, seq: seq + 1 })
      else if (
        sealHash('sha256', stream, districtId, row.sealed_seq, prev, row) !== row.sealed_hash &&
        sealHash('sm3', stream, districtId, row.sealed_seq, prev, row) !== row.sealed_hash
      )
        findings.push({ code: 'AUDIT_LINE_CHANGED', where, seq: row.sealed_seq })
      seq = row.sealed_seq
      prev = row.sealed_hash
      const expected = anchored.get(seq)
      if (expected !== undefined && expected !== prev) findings.push({ code: 'AUDIT_ANCHOR_DIFFERS', where, seq })
    }
    if (rows.length < BATCH) break
  }
  const head = await one<{ seq: number }>(db, sql`select seq from platform.seal_head where stream = ${stream} and district_id = ${districtId}`)
  const newest = Math.max(head?.seq ?? 0, ...anchored.keys())
  if (seq < newest) findings.push({ code: 'AUDIT_TAIL_MISSING', where, seq: seq + 1, detail: `${newest} lines were sealed` })
  return seq
}

function anchoredSeqs(anchors: readonly Anchor[], stream: Stream): Map<number, Map<number, string>> {
  const found = new Map<number, Map<number, string>>()
  for (const anchor of anchors) {
    for (const [name, districtId, seq, hash] of anchor.streams) {
      if (name !== stream) continue
      const seqs = found.get(districtId) ?? new Map<number, string>()
      seqs.set(seq, hash)
      found.set(districtId, seqs)
    }
  }
  return found
}
