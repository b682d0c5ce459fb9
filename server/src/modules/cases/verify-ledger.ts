import type { Anchor } from '../../platform/audit/anchor.ts'
import { payloadDigest } from '../../platform/audit/hash.ts'
import { many, one, sql, type Db } from '../../platform/db/database.ts'
import { districtsWaiting } from '../../platform/db/queue.ts'
import { workflowOf } from './commands/opened.ts'
import { expectedHash } from './detail.ts'
import { impliedRows, type ImpliedRows } from './derived-rows.ts'
import { saidDigest, type Words } from './ledger.ts'
import { caseDifferences, deadlineDifferences, openingDifferences, strandDifferences } from './row-differences.ts'
import type { StrandRow } from './strands/queries.ts'
import { toLedgerEntry, type CaseRecord, type DeadlineRow, type EntryRow } from './store.ts'

/** One thing that does not hold. `where` is a case number or id, or the name of a stream. */
export interface Finding {
  readonly code: string
  readonly where: string
  readonly seq: number | null
  readonly detail?: string
}
type StoredEntry = EntryRow & { district_id: number; case_id: string }
interface StoredWords {
  case_id: string
  seq: number
  salt: string
  words: Words
}
interface StoredReport {
  case_id: string
  title: string
  said: string
}
interface CaseHead {
  readonly seq: number
  readonly hash: string
}

/** What is derived from the lines beside the case's own row. */
interface Derived {
  readonly deadlines: readonly (DeadlineRow & { readonly left_amount: number | null })[]
  readonly strands: readonly StrandRow[]
}

const BATCH = 1_000

/**
 * Recomputes every case's chain and folds its state anew. Finds a changed line, a missing one, a reordering, a state, a clock or a strand that
 * its ledger does not imply; with anchors also a missing tail and a missing case. Erased words are no finding: their digest still stands.
 */
export async function verifyLedger(db: Db, anchors: readonly Anchor[]): Promise<{ cases: number; lines: number; findings: Finding[] }> {
  const findings: Finding[] = []
  const heads = newestHeads(anchors)
  let cases = 0
  let lines = 0
  let after = { district: -1, id: '00000000-0000-0000-0000-000000000000' }
  const of = await ofCases(db)
  for (;;) {
    const rows = await many<CaseRecord>(
      db,
      sql`select * from cases."case" where (district_id, id) > (${after.district}, ${after.id}::uuid) order by district_id, id limit ${BATCH}`,
    )
    const last = rows.at(-1)
    if (!last) break
    const ids = rows.map((row) => row.id)
    const entries = Map.groupBy(await many<StoredEntry>(db, sql`select * from cases.entry where ${of(ids)} order by case_id, seq`), (entry) => entry.case_id)
    const words = Map.groupBy(
      await many<StoredWords>(db, sql`select case_id, seq, salt, words from cases.entry_words where ${of(ids)}`),
      (line) => line.case_id,
    )
    const said = Map.groupBy(
      await many<StoredReport>(db, sql`select case_id, title, said from intake_pub.said where case_id = any(${ids}::uuid[])`),
      (report) => report.case_id,
    )
    const called = new Map((await many<Called>(db, sql`select id, number, title from cases.case_text where ${of(ids, 'id')}`)).map((text) => [text.id, text]))
    const derived = await readDerived(db, of(ids))
    for (const row of rows) {
      const own = entries.get(row.id) ?? []
      findings.push(
        ...verifyCase(row, own, words.get(row.id) ?? [], heads.get(row.id), derived(row.id)),
        ...verifySaid(row, own[0], words.get(row.id) ?? [], said.get(row.id) ?? []),
        ...verifyCalled(row, called.get(row.id)),
      )
      heads.delete(row.id)
      lines += own.length
    }
    cases += rows.length
    after = { district: last.district_id, id: last.id }
  }
  for (const [id, head] of heads) findings.push({ code: 'CASE_MISSING', where: id, seq: head.seq })
  const orphans = await one<{ count: number }>(
    db,
    sql`select count(*) as count from cases.entry where not exists (select from cases."case" where "case".district_id = entry.district_id and "case".id = entry.case_id)`,
  )
  if (orphans && orphans.count > 0) findings.push({ code: 'LINES_WITHOUT_CASE', where: 'ledger', seq: null, detail: String(orphans.count) })
  return { cases, lines, findings }
}

type OfCases = (ids: readonly string[], column?: 'id' | 'case_id') => ReturnType<typeof sql>

/** Rows of some cases, in whichever district somebody may have put them: with every district named, an index finds them. */
async function ofCases(db: Db): Promise<OfCases> {
  const tables = ['case', 'case_text', 'entry', 'entry_words', 'deadline', 'strand']
  const districts = new Set((await Promise.all(tables.map((table) => districtsWaiting(db, `cases.${table}`, sql`true`)))).flat())
  return (ids, column = 'case_id') => sql`district_id = any(${[...districts]}::int[]) and ${sql.raw(column)} = any(${[...ids]}::uuid[])`
}

interface Called {
  id: string
  number: string
  title: string
}
/** Whether the case is found by the name that it has. */
const verifyCalled = (row: CaseRecord, text: Called | undefined): Finding[] =>
  text?.number === row.number && text.title === row.title ? [] : [{ code: 'STATE_DIFFERS', where: row.number, seq: null, detail: 'case_text' }]

async function readDerived(db: Db, where: ReturnType<OfCases>): Promise<(id: string) => Derived> {
  const deadlines = Map.groupBy(
    await many<Derived['deadlines'][number] & { case_id: string }>(db, sql`select * from cases.deadline where ${where}`),
    (deadline) => deadline.case_id,
  )
  const strands = Map.groupBy(
    await many<StrandRow & { case_id: string }>(db, sql`select *, until_on::text as until_on from cases.strand where ${where}`),
    (strand) => strand.case_id,
  )
  return (id) => ({ deadlines: deadlines.get(id) ?? [], strands: strands.get(id) ?? [] })
}

function newestHeads(anchors: readonly Anchor[]): Map<string, CaseHead> {
  const heads = new Map<string, CaseHead>()
  for (const anchor of anchors) for (const [id, seq, hash] of anchor.heads) heads.set(id, { seq, hash })
  return heads
}

function verifyCase(
  row: CaseRecord,
  entries: readonly StoredEntry[],
  words: readonly StoredWords[],
  anchored: CaseHead | undefined,
  { deadlines, strands }: Derived,
): Finding[] {
  const findings: Finding[] = []
  const found = (code: string, seq: number | null, detail?: string) =>
    findings.push({ code, where: row.number, seq, ...(detail === undefined ? {} : { detail }) })
  let prev = ''
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) {
      found('LINE_MISSING', index + 1)
      return findings
    }
    if (entry.prev_hash !== prev) found('LINE_REORDERED', entry.seq)
    if (expectedHash(row, entry) !== entry.hash) found('LINE_CHANGED', entry.seq)
    const line = words.find((candidate) => candidate.seq === entry.seq)
    if (line && payloadDigest(entry.alg === 'sm3' ? 'sm3' : 'sha256', line.salt, line.words) !== entry.words_digest) found('WORDS_CHANGED', entry.seq)
    if (anchored && anchored.seq === entry.seq && anchored.hash !== entry.hash) found('ANCHOR_DIFFERS', entry.seq)
    prev = entry.hash
  }
  if (anchored && entries.length < anchored.seq) found('TAIL_MISSING', entries.length + 1, `${anchored.seq} lines were anchored`)
  if (entries.length !== row.seq) found('TAIL_MISSING', entries.length + 1, `the case says ${row.seq} lines`)
  if (prev !== row.head_hash) found('HEAD_DIFFERS', entries.length)
  const implied = implies(row, entries)
  if (!implied) {
    found('STATE_DIFFERS', null, 'ledger')
    return findings
  }
  for (const field of [...openingDifferences(row, entries[0]), ...caseDifferences(row, implied.state)]) found('STATE_DIFFERS', null, field)
  for (const clock of deadlineDifferences(deadlines, implied.deadlines)) found('CLOCK_DIFFERS', null, clock)
  for (const strand of strandDifferences(strands, implied.strands)) found('STRAND_DIFFERS', null, strand)
  return findings
}

/** Whether the report still says what the first line was opened with; erased words prove nothing and are no finding. */
function verifySaid(row: CaseRecord, first: EntryRow | undefined, words: readonly StoredWords[], reports: readonly StoredReport[]): Finding[] {
  const expected = words.find((line) => line.seq === 1)?.words.saidDigest
  if (!first || expected === undefined) return []
  const alg = first.alg === 'sm3' ? 'sm3' : 'sha256'
  if (!reports.some((report) => saidDigest(alg, report.title, report.said) === expected)) return [{ code: 'SAID_CHANGED', where: row.number, seq: 1 }]
  return reports.some((report) => report.title === row.title) ? [] : [{ code: 'STATE_DIFFERS', where: row.number, seq: null, detail: 'title' }]
}

/** What the lines imply; undefined where a touched line or row can be folded by no workflow of ours. */
function implies(row: CaseRecord, entries: readonly EntryRow[]): ImpliedRows | undefined {
  try {
    return impliedRows(workflowOf(row), entries.map(toLedgerEntry))
  } catch {
    return undefined
  }
}
