import type { Actor } from '../rights/actor.ts'
import { sql, type Queryable } from '../db/database.ts'
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
export async function writeAudit(db: Queryable, runtime: Runtime, line: AuditLine): Promise<void> {
  await sql`insert into platform.audit (district_id, id, at, request_id, person_id, post_id, actor_kind, action, object_kind, object_id, outcome, error_code)
    values (${line.districtId}, ${newId(runtime, line.districtId)}, ${new Date(runtime.now())}, ${line.requestId}, ${personOf(line.actor)}, ${postOf(line.actor)}, ${line.actor.kind},
      ${line.action}, ${line.objectKind ?? null}, ${line.objectId ?? null}, ${line.outcome}, ${line.errorCode ?? null})`.execute(db)
}

/** Writes one line of the read log (查阅记录): who looked, when and why; never what was seen (R1, R7). */
export async function writeRead(db: Queryable, runtime: Runtime, line: ReadLine): Promise<void> {
  await sql`insert into platform.read_log (district_id, id, at, request_id, person_id, post_id, endpoint, purpose, object_kind, object_id, row_count)
    values (${line.districtId}, ${newId(runtime, line.districtId)}, ${new Date(runtime.now())}, ${line.requestId}, ${personOf(line.actor)}, ${postOf(line.actor)},
      ${line.endpoint}, ${line.purpose}, ${line.objectKind}, ${line.objectId}, ${line.rows})`.execute(db)
}
