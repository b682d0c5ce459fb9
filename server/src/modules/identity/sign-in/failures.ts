import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Queryable } from '../../../platform/db/database.ts'
import type { Context } from '../context.ts'
import { countFailure, type PersonRow } from '../store.ts'

const FAILURES = 5
const LOCK_MINUTES = 15

/** Counts a wrong password or code; five of them lock the account for 15 minutes (MLPS level 3: lock on failures). */
export const countWrong = (context: Context, db: Queryable, personId: string) =>
  countFailure(db, personId, FAILURES, new Date(context.platform.runtime.now() + LOCK_MINUTES * 60_000))

/** ACCOUNT_LOCKED while the lock stands. */
export function refuseLocked(person: Pick<PersonRow, 'locked_until'>, now: Date): void {
  if (person.locked_until && person.locked_until > now) throw new Refusal('ACCOUNT_LOCKED', [], { until: person.locked_until.toISOString() })
}

/**
 * Writes the audit line of a sign-in that failed, beside the one that every refusal leaves: whose account it was where there is one, else a keyed
 * digest of what was typed. Typed logins are not kept, since people type passwords there; the digest still shows one unknown login tried a
 * hundred times and a hundred tried once.
 */
export async function writeFailedSignIn(
  context: Context,
  db: Queryable,
  tried: {
    readonly login: string
    readonly person: Pick<PersonRow, 'id'> | undefined
    readonly code: string
    readonly requestId: string
    readonly client: string
  },
): Promise<void> {
  await writeAudit(db, context.platform.runtime, {
    districtId: 0,
    requestId: tried.requestId,
    actor: { kind: 'public', client: tried.client },
    action: 'identity.failedSignIn',
    outcome: 'refused',
    errorCode: tried.code,
    ...(tried.person ? { objectKind: 'person', objectId: tried.person.id } : { objectKind: 'login', objectId: context.key.digestLogin(tried.login) }),
  })
}
