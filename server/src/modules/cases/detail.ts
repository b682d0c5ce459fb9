import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { findMove } from '@linli/contract/workflow'
import { districtOf } from '@linli/lib/ids'
import { maskText } from '@linli/lib/text/masks'
import { listCaseBlobs } from '../../platform/blobs/blobs.ts'
import type { Db } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { maskColumn } from '../../platform/privacy/masking.ts'
import { may, type PersonActor } from '../../platform/rights/actor.ts'
import { circumstancesOf } from './commands/make-move.ts'
import { workflowOf } from './commands/opened.ts'
import { hashOf } from './ledger.ts'
import { applyEntry, foldEntries, type CaseState } from './model.ts'
import type { CasesPorts } from './ports.ts'
import { rowView } from './queries.ts'
import { responsibilityView } from './views.ts'
import { abilitiesOf, isVisible } from './rules.ts'
import { findCase, listDeadlines, listEntries, listWords, readActors, toLedgerEntry, type CaseRecord, type EntryRow } from './store.ts'

/** The case if the actor may see it; 404 for an absent and a hidden one alike. */
export async function getVisibleCase(db: Db, actor: PersonActor, id: string): Promise<CaseRecord> {
  const row = await findCase(db, districtOf(id), id)
  if (!row || !isVisible(actor, row.area_path, row.involved)) throw new Refusal('NOT_FOUND')
  return row
}

/** One case with what was said, its clocks and the moves that the actor may make. The reporter shows masked, and only to posts that need to reach them. */
export async function caseDetail(platform: Platform, ports: CasesPorts, actor: PersonActor, row: CaseRecord): Promise<AnswerOf<typeof contract.get>> {
  const { db } = platform
  const workflow = workflowOf(row)
  const [entries, deadlines, lines, said, blobs] = await Promise.all([
    listEntries(db, row.district_id, row.id),
    listDeadlines(db, row.district_id, row.id),
    listWords(db, row.district_id, row.id),
    ports.said(db, row.id),
    listCaseBlobs(db, row.id),
  ])
  const state = foldEntries(workflow, entries.map(toLedgerEntry))
  // What was told on the way is no answer yet.
  const told = new Set(entries.filter((entry) => entry.move === 'inform').map((entry) => entry.seq))
  if (!state || !said) throw new Error(`CASE_INCOMPLETE ${row.id}`)
  const condition = state.matterKey && state.conditionRow ? ports.findCondition(state.matterKey, state.conditionRow, state.edition ?? undefined) : undefined
  const advice = state.matterKey ? ports.advise(state.matterKey, row.area_path) : undefined
  const words = wordsFor(actor)
  const reporter =
    said.reporter && may(actor, 'reporter.read')
      ? { name: maskColumn('intake.reporter.name', said.reporter.name), contact: maskColumn('intake.reporter.contact', said.reporter.contact) }
      : null
  return {
    case: rowView(ports, row),
    reporter,
    said: {
      // The handler must find the place: an address is scanned here and not cut to its community, as an export cuts it.
      text: words(said.text),
      address: said.address === null ? null : words(said.address),
      saidAt: said.saidAt?.toISOString() ?? null,
      flags: [...said.flags],
      photos: blobs.filter((blob) => said.photos.includes(blob.id)),
    },
    condition: condition
      ? { edition: condition.edition, rowNo: condition.rowNo, filing: condition.filing, closing: condition.closing, limitText: condition.limitText }
      : null,
    advice: advice ? { owner: advice.unit, ownerName: ports.findUnitName(advice.unit) ?? advice.unit, rule: advice.rule, zh: advice.zh, en: advice.en } : null,
    filing: said.filing,
    deadlines: deadlines.map((deadline) => ({
      stage: deadline.stage,
      strand: deadline.strand === '' ? null : deadline.strand,
      startedSeq: deadline.started_seq,
      clock: deadline.clock,
      amount: deadline.amount,
      startedAt: deadline.started_at.toISOString(),
      dueAt: deadline.due_at.toISOString(),
      provisional: deadline.provisional,
      stoppedAt: deadline.stopped_at?.toISOString() ?? null,
      paused: deadline.paused,
      overdueAt: deadline.overdue_at?.toISOString() ?? null,
    })),
    abilities: abilitiesOf(workflow, state, actor, circumstancesOf(platform, ports, new Date(platform.runtime.now()))),
    ...responsibilityView(ports, workflow, state),
    publicReply: lines.findLast((line) => line.words.publicReply !== undefined && !told.has(line.seq))?.words.publicReply ?? null,
  }
}

/** How words show to somebody: as said to a post that may read the reporter, else with the numbers of persons masked (R10). */
const wordsFor = (actor: PersonActor) => (text: string) => (may(actor, 'reporter.read') ? text : maskText(text))

/** The whole ledger with each line's hash, and whether the chain holds. */
export async function caseLedger(db: Db, actor: PersonActor, row: CaseRecord): Promise<AnswerOf<typeof contract.listEntries>> {
  const [entries, words, blobs] = await Promise.all([
    listEntries(db, row.district_id, row.id),
    listWords(db, row.district_id, row.id),
    listCaseBlobs(db, row.id),
  ])
  const { people, posts } = await readActors(db, entries)
  const workflow = workflowOf(row)
  let state: CaseState | undefined
  let intact = true
  let prev = ''
  const rows = entries.map((entry) => {
    state = applyEntry(workflow, state, toLedgerEntry(entry))
    const line = words.find((candidate) => candidate.seq === entry.seq)
    const post = posts.find((candidate) => candidate.id === entry.post_id)
    intact &&= entry.prev_hash === prev && expectedHash(row, entry) === entry.hash
    prev = entry.hash
    return {
      seq: entry.seq,
      at: entry.at.toISOString(),
      move: entry.move,
      kind: findMove(workflow, entry.move)?.kind ?? 'note',
      stateAfter: state.state,
      personName: people.find((person) => person.id === entry.person_id)?.name ?? null,
      postTitle: post?.name ?? null,
      unitName: post?.unit_name ?? null,
      reasonCode: entry.reason_code,
      payload: { ...entry.facts, ...line?.words, ...(line?.words.note === undefined ? {} : { note: wordsFor(actor)(line.words.note) }) },
      attachments: blobs.filter((blob) => entry.facts.evidence?.includes(blob.id)),
      prevHash: entry.prev_hash,
      hash: entry.hash,
      erased: line === undefined,
    }
  })
  return { rows, intact: intact && prev === row.head_hash }
}

/** The hash that a stored line must have after the line it names as the one before. */
export function expectedHash(row: Pick<CaseRecord, 'district_id' | 'id'>, entry: EntryRow): string {
  return hashOf(
    entry.alg === 'sm3' ? 'sm3' : 'sha256',
    entry.prev_hash,
    {
      districtId: row.district_id,
      caseId: row.id,
      seq: entry.seq,
      at: entry.at,
      move: entry.move,
      actorKind: entry.actor_kind,
      personId: entry.person_id,
      postId: entry.post_id,
      unitCode: entry.unit_code,
      reasonCode: entry.reason_code,
      facts: entry.facts,
    },
    entry.words_digest,
  )
}
