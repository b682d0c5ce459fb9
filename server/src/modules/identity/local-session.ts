import { StartError } from '../../platform/config.ts'
import { writeAudit } from '../../platform/audit/audit.ts'
import type { Platform } from '../../platform/platform.ts'
import { newId } from '../../platform/runtime.ts'
import { newToken, tokenHash } from './key.ts'
import { deleteSession, findAdministratorSeat, insertSession } from './store.ts'

/** A session of the administrator for a command run on the machine itself: whoever holds the data folder's lock may open it. It is audited, and ended with the command. */
export async function createLocalSession(platform: Platform): Promise<{ token: string; end(): Promise<void> }> {
  const { runtime, db } = platform
  const seat = await findAdministratorSeat(db)
  if (!seat) throw new StartError('ADMIN_MISSING', 'No administrator holds a post: set LINLI_ADMIN_LOGIN and LINLI_ADMIN_PASSWORD once')
  const token = newToken(runtime)
  const id = newId(runtime, 0)
  const at = new Date(runtime.now())
  await platform.transaction(async (tx) => {
    await insertSession(tx, {
      tokenHash: tokenHash(token),
      id,
      personId: seat.person_id,
      postId: seat.post_id,
      at,
      endsAt: new Date(at.getTime() + 12 * 3_600_000),
      // Whoever holds the data folder holds every key of it.
      strong: true,
      way: 'local',
    })
    await writeAudit(tx, runtime, {
      districtId: 0,
      requestId: `local:${process.pid}`,
      actor: { kind: 'system', name: 'local-command' },
      action: 'identity.localSession',
      objectKind: 'session',
      objectId: id,
      outcome: 'done',
    })
  })
  return { token, end: async () => void (await deleteSession(db, id)) }
}
