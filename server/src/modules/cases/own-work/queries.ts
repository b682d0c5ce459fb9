import type { AnswerOf } from '@linli/contract/endpoint'
import type { field as contract } from '@linli/contract/endpoints/field'
import { maskText } from '@linli/lib/text/masks'
import { many, one, sql, type Db } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { maskColumn } from '../../../platform/privacy/masking.ts'
import { may, type PersonActor } from '../../../platform/rights/actor.ts'
import { circumstancesOf } from '../commands/make-move.ts'
import { workflowOf } from '../commands/opened.ts'
import { foldEntries } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { visibleTo } from '../queries.ts'
import { abilitiesOf, tokensOf } from '../rules.ts'
import { toLedgerEntry, type CaseRecord, type EntryRow } from '../store.ts'

type Task = NonNullable<AnswerOf<typeof contract.bundle>['bundle']>['tasks'][number]
type Photo = Task['photos'][number]
type OfCase<T> = T & { readonly caseId: string }
interface Around {
  readonly entries: Map<string, OfCase<EntryRow>[]>
  readonly notes: Map<string, OfCase<{ seq: number; note: string | null }>[]>
  readonly blobs: Map<string, OfCase<Photo>[]>
}

/** The cases that wait for somebody (我的待办), the soonest due first, each with what is needed on the spot; a few statements for all of them. */
export async function listTasks(platform: Platform, ports: CasesPorts, actor: PersonActor, limit: number): Promise<{ rows: Task[]; more: boolean }> {
  const { db } = platform
  const found = await many<CaseRecord>(
    db,
    sql`select * from cases."case" where ${visibleTo(actor)} and waiting <> '{}' and waiting && ${tokensOf(actor)}::text[] order by due_at nulls last, opened_at, id limit ${limit + 1}`,
  )
  const shown = found.slice(0, limit)
  const around = await readAround(
    db,
    shown.map((row) => row.id),
  )
  const rows = await Promise.all(shown.map((row) => taskOf(platform, ports, actor, row, around)))
  // A case may wait for its permission and yet not for this very person, who had a part in it before.
  return { rows: rows.filter((task) => task.moves.some((move) => !move.aside && move.kind !== 'note')), more: found.length > limit }
}

async function readAround(db: Db, ids: readonly string[]): Promise<Around> {
  const [entries, notes, blobs] = await Promise.all([
    many<OfCase<EntryRow>>(
      db,
      sql`select case_id as "caseId", seq, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, prev_hash, hash from cases.entry
        where case_id = any(${[...ids]}::uuid[]) order by case_id, seq`,
    ),
    many<OfCase<{ seq: number; note: string | null }>>(
      db,
      sql`select case_id as "caseId", seq, words->>'note' as note from cases.entry_words where case_id = any(${[...ids]}::uuid[])`,
    ),
    many<OfCase<Photo>>(
      db,
      sql`select case_id as "caseId", id, media_type as "mediaType", bytes from platform.blob where case_id = any(${[...ids]}::uuid[]) order by id`,
    ),
  ])
  const byCase = <T extends { readonly caseId: string }>(rows: readonly T[]) => Map.groupBy(rows, (row) => row.caseId)
  return { entries: byCase(entries), notes: byCase(notes), blobs: byCase(blobs) }
}

async function taskOf(platform: Platform, ports: CasesPorts, actor: PersonActor, row: CaseRecord, around: Around): Promise<Task> {
  const entries = around.entries.get(row.id) ?? []
  const workflow = workflowOf(row)
  const state = foldEntries(workflow, entries.map(toLedgerEntry))
  const said = await ports.said(platform.db, row.id)
  if (!state || !said) throw new Error(`CASE_INCOMPLETE ${row.id}`)
  // The same words as the case's own page shows this post (R10).
  const words = (text: string) => (may(actor, 'reporter.read') ? text : maskText(text))
  const photosAmong = (ids: readonly string[]) =>
    (around.blobs.get(row.id) ?? []).filter((blob) => ids.includes(blob.id)).map(({ id, mediaType, bytes }) => ({ id, mediaType, bytes }))
  const handled = entries.findLast((entry) => entry.move === 'handle')
  const note = handled && around.notes.get(row.id)?.find((line) => line.seq === handled.seq)?.note
  const condition = state.matterKey && state.conditionRow ? ports.findCondition(state.matterKey, state.conditionRow, state.edition ?? undefined) : undefined
  return {
    id: row.id,
    number: row.number,
    title: maskColumn('cases.case.title', row.title),
    text: words(said.text),
    address: said.address === null ? null : words(said.address),
    state: row.state,
    step: row.step,
    seq: row.seq,
    round: row.round,
    matterName: row.matter_name,
    closing: condition?.closing ?? null,
    gridCode: row.grid_code,
    areaNames: ports.areaNames(row.area_path),
    position: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
    ownerName: row.owner_unit === null ? null : (ports.findUnitName(row.owner_unit) ?? row.owner_unit),
    stateAt: row.state_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.overdue,
    photos: photosAmong(said.photos),
    handled: handled
      ? { note: note === undefined || note === null ? null : words(note), at: handled.at.toISOString(), photos: photosAmong(handled.facts.evidence ?? []) }
      : null,
    moves: abilitiesOf(workflow, state, actor, circumstancesOf(platform, ports, new Date(platform.runtime.now()))).filter((ability) => ability.allowed),
  }
}

/** A person's own lines on ledgers between two instants: cases reported, and every other move. */
export async function countOwnMoves(db: Db, personId: string, from: Date, to: Date): Promise<{ reported: number; moved: number }> {
  const found = await one<{ reported: number; moved: number }>(
    db,
    sql`select count(*) filter (where move = 'report') as reported, count(*) filter (where move <> 'report') as moved from cases.entry
      where person_id = ${personId} and at >= ${from} and at < ${to}`,
  )
  return found ?? { reported: 0, moved: 0 }
}
