import type { Actor } from '../rights/actor.ts'
import { sql, write, type Queryable } from '../db/database.ts'
import { Gatherer } from '../db/gatherer.ts'
import { newId, type Runtime } from '../runtime.ts'

export interface AuditLine {
  readonly districtId: number
  readonly requestId: string
  readonly actor: Actor
  readonly action: string
  readonly objectKind?: string
  readonly objectId?: string
  readonly outcome: 'done' | 'refused' | 'failed'
  readonly errorCode?: string
}
export interface ReadLine {
  readonly districtId: number
  readonly requestId: string
  readonly actor: Actor
  readonly endpoint: string
  readonly purpose: string
  readonly objectKind: string
  readonly objectId: string
  readonly rows: number
}

const personOf = (actor: Actor) => (actor.kind === 'person' ? actor.personId : null)
const postOf = (actor: Actor) => (actor.kind === 'person' ? actor.postId : null)

/** Writes one audit line (审计); call it inside the command's transaction so that it stands or falls with the act. */
export function writeAudit(db: Queryable, runtime: Runtime, line: AuditLine): Promise<void> {
  return write(
    db,
    sql`insert into platform.audit (district_id, id, at, request_id, person_id, post_id, actor_kind, action, object_kind, object_id, outcome, error_code)
    values (${line.districtId}, ${newId(runtime, line.districtId)}, ${new Date(runtime.now())}, ${line.requestId}, ${personOf(line.actor)}, ${postOf(line.actor)}, ${line.actor.kind},
      ${line.action}, ${line.objectKind ?? null}, ${line.objectId ?? null}, ${line.outcome}, ${line.errorCode ?? null})`,
  )
}

/**
 * Writes one line of the read log (查阅记录): who looked, when and why; never what was seen (R1, R7). Outside a transaction the lines of
 * reads at the same time share one statement, and each is committed before its read is answered.
 */
export function writeRead(db: Queryable, runtime: Runtime, line: ReadLine): Promise<void> {
  const stamped = { ...line, id: newId(runtime, line.districtId), at: new Date(runtime.now()) }
  if (db.isTransaction) return insertReads(db, [stamped])
  const gatherer = gatherers.get(db) ?? new Gatherer((lines) => insertReads(db, lines))
  gatherers.set(db, gatherer)
  return gatherer.add(stamped)
}

type StampedRead = ReadLine & { readonly id: string; readonly at: Date }
const gatherers = new WeakMap<Queryable, Gatherer<StampedRead>>()

function insertReads(db: Queryable, lines: readonly StampedRead[]): Promise<void> {
  const of = <T>(read: (line: StampedRead) => T) => lines.map(read)
  return write(
    db,
    sql`insert into platform.read_log (district_id, id, at, request_id, person_id, post_id, endpoint, purpose, object_kind, object_id, row_count)
    select * from unnest(${of((line) => line.districtId)}::int[], ${of((line) => line.id)}::uuid[], ${of((line) => line.at)}::timestamptz[], ${of((line) => line.requestId)}::text[],
      ${of((line) => personOf(line.actor))}::uuid[], ${of((line) => postOf(line.actor))}::uuid[], ${of((line) => line.endpoint)}::text[], ${of((line) => line.purpose)}::text[],
      ${of((line) => line.objectKind)}::text[], ${of((line) => line.objectId)}::text[], ${of((line) => line.rows)}::int[])`,
  )
}
