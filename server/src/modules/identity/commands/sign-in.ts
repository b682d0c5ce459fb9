import { createHash } from 'node:crypto'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Platform } from '../../../platform/platform.ts'
import { newId } from '../../../platform/runtime.ts'
import { hashPassword, verifyPassword } from '../password.ts'
import { clearFailures, countFailure, findPersonByLogin, insertSession, listPosts } from '../store.ts'

const FAILURES = 5
const LOCK_MINUTES = 15
// An unknown login costs as much time as a known one, so that a clock does not tell them apart.
const decoy = hashPassword('no such person')

export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** Signs a person in at a post; five failures lock the account for 15 minutes (MLPS level 3: lock on failures). */
export async function signIn(
  platform: Platform,
  input: { login: string; password: string; postId?: string | undefined; requestId: string; client: string },
): Promise<{ token: string }> {
  const { db, runtime } = platform
  const now = new Date(runtime.now())
  const person = await findPersonByLogin(db, input.login)
  const fits = await verifyPassword(input.password, person?.password_hash ?? (await decoy))
  if (person?.locked_until && person.locked_until > now) throw new Refusal('ACCOUNT_LOCKED', [], { until: person.locked_until.toISOString() })
  if (!person || !fits) {
    if (person) await countFailure(db, person.id, FAILURES, new Date(now.getTime() + LOCK_MINUTES * 60_000))
    throw new Refusal('SIGN_IN_FAILED')
  }
  const posts = await listPosts(db, person.id, now)
  const post = input.postId === undefined ? posts[0] : posts.find((candidate) => candidate.id === input.postId)
  if (!post) throw new Refusal('SIGN_IN_FAILED')
  const token = Buffer.from(runtime.random(32)).toString('base64url')
  const sessionId = newId(runtime, 0)
  await platform.transaction(async (tx) => {
    if (!(await clearFailures(tx, person.id, now))) throw new Refusal('ACCOUNT_LOCKED')
    await insertSession(tx, {
      tokenHash: tokenHash(token),
      id: sessionId,
      personId: person.id,
      postId: post.id,
      at: now,
      endsAt: new Date(now.getTime() + platform.config.LINLI_SESSION_MAX_HOURS * 3_600_000),
    })
    await writeAudit(tx, runtime, {
      districtId: 0,
      requestId: input.requestId,
      action: 'identity.signIn',
      outcome: 'done',
      objectKind: 'session',
      objectId: sessionId,
      actor: {
        kind: 'person',
        personId: person.id,
        personName: person.name,
        postId: post.id,
        postTitle: post.title,
        unitCode: post.unit_code,
        unitName: post.unit_name,
        areaPath: post.area_path,
        permissions: new Set(),
        sessionId,
      },
    })
  })
  return { token }
}
