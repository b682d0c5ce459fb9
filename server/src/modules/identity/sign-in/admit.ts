import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/runtime.ts'
import { nowOf, type Context } from '../context.ts'
import { newToken, tokenHash } from '../key.ts'
import { isPasswordOld } from '../rules.ts'
import { clearFailures, insertSession, listPosts, type PersonRow, type PostRow } from '../store.ts'
import { insertChallenge, type NewChallenge } from './store.ts'

const CHALLENGE_MINUTES = 5

export interface Entrance {
  readonly person: PersonRow
  readonly postId: string | null
  readonly way: 'password' | 'provider'
  /** True where a second factor has been shown, here or to the city's sign-in service. */
  readonly strong: boolean
  readonly requestId: string
  readonly client: string
}
/** A session, or the next step that is needed before there is one. */
export type Admission =
  | { readonly token: string }
  | { readonly needs: 'SECOND_FACTOR_NEEDED' | 'PASSWORD_EXPIRED'; readonly challenge: string; readonly until: Date }

/** Opens a session for somebody who has shown who they are, or asks for the second factor or a new password first. Commit before telling. */
export async function admit(context: Context, tx: Tx, entrance: Entrance): Promise<Admission> {
  const { person, postId, way, strong } = entrance
  const now = nowOf(context)
  const posts = await listPosts(tx, person.id, now)
  const post = postId === null ? posts[0] : posts.find((candidate) => candidate.id === postId)
  if (!post) throw new Refusal('SIGN_IN_FAILED')
  if (person.factor_confirmed && !strong) return challenge(context, tx, entrance, 'code')
  if (way === 'password' && !person.demo && isPasswordOld(context.policy, person.password_at, now)) return challenge(context, tx, entrance, 'password')
  return { token: await openSession(context, tx, entrance, post, now) }
}

/** The token, or the refusal that names the next step. */
export function tokenOf(admission: Admission): string {
  if ('token' in admission) return admission.token
  throw new Refusal(admission.needs, [], { challenge: admission.challenge, until: admission.until.toISOString() })
}

async function challenge(context: Context, tx: Tx, entrance: Entrance, kind: NewChallenge['kind']): Promise<Admission> {
  const { runtime } = context.platform
  const token = newToken(runtime)
  const until = new Date(runtime.now() + CHALLENGE_MINUTES * 60_000)
  const { person, postId, way, strong } = entrance
  await insertChallenge(tx, { tokenHash: tokenHash(token), personId: person.id, postId, kind, way, strong, endsAt: until })
  await writeAudit(tx, runtime, {
    districtId: 0,
    requestId: entrance.requestId,
    actor: { kind: 'public', client: entrance.client },
    action: 'identity.challenge',
    outcome: 'done',
    objectKind: 'person',
    objectId: person.id,
  })
  return { needs: kind === 'code' ? 'SECOND_FACTOR_NEEDED' : 'PASSWORD_EXPIRED', challenge: token, until }
}

async function openSession(context: Context, tx: Tx, { person, way, strong, requestId }: Entrance, post: PostRow, now: Date): Promise<string> {
  const { runtime, config } = context.platform
  const token = newToken(runtime)
  const sessionId = newId(runtime, 0)
  if (!(await clearFailures(tx, person.id, now))) throw new Refusal('ACCOUNT_LOCKED')
  const endsAt = new Date(now.getTime() + config.LINLI_SESSION_MAX_HOURS * 3_600_000)
  await insertSession(tx, { tokenHash: tokenHash(token), id: sessionId, personId: person.id, postId: post.id, at: now, endsAt, strong, way })
  await writeAudit(tx, runtime, {
    districtId: 0,
    requestId,
    action: way === 'password' ? 'identity.signIn' : 'identity.providerSignIn',
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
  return token
}
