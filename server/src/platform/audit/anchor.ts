import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { many, one, sql, type Db, type Queryable } from '../db/database.ts'
import { canonical, digest } from './hash.ts'

/** [case id, seq, hash] of the newest line of a case that changed since the anchor before. */
export type CaseHead = readonly [caseId: string, seq: number, hash: string]
export interface Anchor {
  readonly n: number
  readonly at: string
  /** Digest of the anchor line before; empty for the first. */
  readonly prev: string
  readonly publicKey: string
  readonly heads: readonly CaseHead[]
  readonly streams: readonly (readonly [stream: string, districtId: number, seq: number, hash: string])[]
  /** How many cases and ledger lines this anchor and all before it have covered. */
  readonly covered: { readonly cases: number; readonly lines: number }
}

/** The most ledger lines that one anchor covers. */
export const ANCHOR_BATCH = 20_000

/** Where anchors are appended: the file of LINLI_ANCHOR_FILE, or anchor.jsonl in the data folder. */
export function anchorFileOf(config: { readonly LINLI_ANCHOR_FILE?: string }, dataFolder: string): string {
  return config.LINLI_ANCHOR_FILE ?? join(dataFolder, 'anchor.jsonl')
}

/** Reads the Ed25519 key that signs anchors, making it at first use (mode 0600). */
export function anchorKey(folder: string): KeyObject {
  const file = join(folder, 'anchor-key.pem')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  }
  return createPrivateKey(readFileSync(file))
}

/** Appends the heads that changed since the last anchor to the file, signed and synced to disk. Returns how many ledger lines it covered. */
export async function writeAnchor(db: Db, file: string, key: KeyObject, now: () => number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // One writer at a time, or two would chain to the same line.
    await sql`select pg_advisory_xact_lock(7262005)`.execute(tx)
    const last = lastAnchor(file)
    const publicKey = publicKeyOf(key)
    const head = await findHead(tx, publicKey)
    const rows = await many<{ district_id: number; case_id: string; seq: number; hash: string }>(
      tx,
      sql`select district_id, case_id, seq, hash from platform.outbox where not anchored order by district_id, case_id, seq limit ${ANCHOR_BATCH} for update skip locked`,
    )
    const streams = await many<{ stream: string; district_id: number; seq: number; hash: string }>(
      tx,
      sql`select stream, district_id, seq, hash from platform.seal_head where seq > 0 order by stream, district_id`,
    )
    const streamHeads = streams.map((row) => [row.stream, row.district_id, row.seq, row.hash] as const)
    if (rows.length === 0 && last && canonical(streamHeads) === canonical(last.anchor.streams)) return 0
    const heads = new Map<string, CaseHead>()
    for (const row of rows) heads.set(row.case_id, [row.case_id, row.seq, row.hash])
    const opened = rows.filter((row) => row.seq === 1).length
    const before = last?.anchor.covered ?? { cases: 0, lines: 0 }
    // Lines that were cut from the end of the file leave a gap in its chain for good.
    const cut = head !== undefined && head.n > (last?.anchor.n ?? 0)
    const n = (cut ? head.n : (last?.anchor.n ?? 0)) + 1
    const line = appendAnchor(file, key, {
      n,
      at: new Date(now()).toISOString(),
      prev: cut ? head.digest : last ? digest('sha256', last.line) : '',
      publicKey,
      heads: [...heads.values()],
      streams: streamHeads,
      covered: { cases: before.cases + opened, lines: before.lines + rows.length },
    })
    await sql`insert into platform.setting (name, value) values (${headName(publicKey)}, ${JSON.stringify({ n, digest: digest('sha256', line) })}::jsonb) on conflict (name) do update set value = excluded.value`.execute(
      tx,
    )
    await sql`update platform.outbox as line set anchored = true from unnest(${rows.map((row) => row.district_id)}::int[], ${rows.map((row) => row.case_id)}::uuid[], ${rows.map((row) => row.seq)}::int[]) as done (district_id, case_id, seq)
      where line.district_id = done.district_id and line.case_id = done.case_id and line.seq = done.seq`.execute(tx)
    return rows.length
  })
}

interface AnchorHead {
  readonly n: number
  readonly digest: string
}
/** The public half of the signing key as anchors carry it: SPKI, DER, base64. */
export const publicKeyOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
const headName = (publicKey: string) => `anchor:${digest('sha256', publicKey).slice(0, 16)}`
const findHead = (db: Queryable, publicKey: string) =>
  one<AnchorHead>(db, sql`select (value ->> 'n')::int as n, value ->> 'digest' as digest from platform.setting where name = ${headName(publicKey)}`)

/** How many anchors the database remembers beyond the end of a file: more than 0 where lines were cut from its end. */
export async function missingAnchors(db: Queryable, { anchors }: AnchorFile): Promise<number> {
  const last = anchors.at(-1)
  const head = last
    ? await findHead(db, last.publicKey)
    : await one<AnchorHead>(
        db,
        sql`select (value ->> 'n')::int as n, value ->> 'digest' as digest from platform.setting where name like 'anchor:%' order by 1 desc limit 1`,
      )
  return Math.max(0, (head?.n ?? 0) - (last?.n ?? 0))
}

/** Appends one signed line, synced to disk, and returns it. */
function appendAnchor(file: string, key: KeyObject, anchor: Anchor): string {
  const body = canonical(anchor)
  const signature = sign(null, Buffer.from(body), key).toString('base64')
  mkdirSync(dirname(file), { recursive: true })
  const fd = openSync(file, 'a', 0o640)
  try {
    // A line cut short by a killed process is left as it is and skipped by the reader; the next starts on a line of its own.
    const size = fstatSync(fd).size
    const torn = size > 0 && !endsWithNewline(file, size)
    const line = JSON.stringify({ anchor, signature })
    writeSync(fd, `${torn ? '\n' : ''}${line}\n`)
    fsyncSync(fd)
    return line
  } finally {
    closeSync(fd)
  }
}

function endsWithNewline(file: string, size: number): boolean {
  const fd = openSync(file, 'r')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, size - 1)
  closeSync(fd)
  return byte[0] === 0x0a
}

export interface AnchorFile {
  readonly anchors: readonly Anchor[]
  readonly problems: readonly { n: number; code: 'ANCHOR_SIGNATURE_WRONG' | 'ANCHOR_CHAIN_BROKEN' | 'ANCHOR_KEY_CHANGED' }[]
}

/** Reads every anchor and checks signatures and their own chain. Lines that a killed process left half-written are not anchors. */
export function readAnchors(file: string): AnchorFile {
  const anchors: Anchor[] = []
  const problems: { n: number; code: 'ANCHOR_SIGNATURE_WRONG' | 'ANCHOR_CHAIN_BROKEN' | 'ANCHOR_KEY_CHANGED' }[] = []
  let prev = ''
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    const line = parseLine(text)
    if (!line) continue
    if (!isSigned(line)) problems.push({ n: line.anchor.n, code: 'ANCHOR_SIGNATURE_WRONG' })
    if (line.anchor.prev !== prev) problems.push({ n: line.anchor.n, code: 'ANCHOR_CHAIN_BROKEN' })
    if (anchors[0] && anchors[0].publicKey !== line.anchor.publicKey) problems.push({ n: line.anchor.n, code: 'ANCHOR_KEY_CHANGED' })
    anchors.push(line.anchor)
    prev = digest('sha256', text)
  }
  return { anchors, problems }
}

function isSigned({ anchor, signature }: { anchor: Anchor; signature: string }): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(anchor.publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(canonical(anchor)), publicKey, Buffer.from(signature, 'base64'))
  } catch {
    // A key or signature that cannot even be read was touched.
    return false
  }
}

function parseLine(text: string): { anchor: Anchor; signature: string } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value && typeof value === 'object' && 'anchor' in value ? (value as { anchor: Anchor; signature: string }) : undefined
  } catch {
    return undefined
  }
}

/** The newest whole anchor of a file, with its line; undefined where the file or a whole line is missing. */
export function lastAnchor(file: string): { anchor: Anchor; line: string } | undefined {
  if (!existsSync(file)) return undefined
  const fd = openSync(file, 'r')
  try {
    const size = fstatSync(fd).size
    for (let span = 256 * 1024; ; span *= 4) {
      const start = Math.max(0, size - span)
      const buffer = Buffer.alloc(size - start)
      readSync(fd, buffer, 0, buffer.length, start)
      const lines = buffer.toString('utf8').split('\n')
      for (let index = lines.length - 1; index >= (start === 0 ? 0 : 1); index--) {
        const line = lines[index] ?? ''
        const parsed = parseLine(line)
        if (parsed) return { anchor: parsed.anchor, line }
      }
      if (start === 0) return undefined
    }
  } finally {
    closeSync(fd)
  }
}
