import { identity as contract } from '@linli/contract/endpoints/identity'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { route, type Route } from '../../../platform/http/request.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { acceptInvitation } from '../commands/accept-invitation.ts'
import { changePassword } from '../commands/change-password.ts'
import { renewPassword } from '../commands/renew-password.ts'
import { signIn } from '../commands/sign-in.ts'
import { nowOf, personOf, type Context } from '../context.ts'
import { PASSWORD_HISTORY, PASSWORD_MIN_LENGTH } from '../password-rules.ts'
import { DEMO_PASSWORD } from '../seed.ts'
import { actorAt } from '../sessions.ts'
import { deleteSession, findSessionById, listDemoPeople, listPosts, setSessionPost } from '../store.ts'
import { sessionCookie, sessionView } from './shared.ts'

/** Signing in and out, one's own session and password. */
export function sessionRoutes(context: Context): Route[] {
  const { platform, sessions, policy } = context
  const { db, runtime, config, city } = platform
  const idleEnd = () => new Date(runtime.now() + config.LINLI_SESSION_IDLE_MINUTES * 60_000)
  const audit = (actor: Actor, action: string, requestId: string) => ({ districtId: 0, requestId, actor, action, outcome: 'done' as const })
  return [
    route(contract.signIn, async (call) => {
      const { token } = await signIn(context, { ...call.body, requestId: call.requestId, client: call.ip })
      return openedSession(context, token, call.header)
    }),
    route(contract.me, async (call) => {
      const actor = personOf(call.actor)
      return sessionView({ actor, posts: await listPosts(db, actor.personId, nowOf(context)), endsAt: idleEnd() })
    }),
    route(contract.takePost, async (call) => {
      const actor = personOf(call.actor)
      const [posts, row] = [await listPosts(db, actor.personId, nowOf(context)), await findSessionById(db, actor.sessionId)]
      const post = posts.find((candidate) => candidate.id === call.body.postId)
      if (!post || !row) throw new Refusal('NOT_FOUND')
      await platform.transaction(async (tx) => {
        await setSessionPost(tx, actor.sessionId, post.id)
        await writeAudit(tx, runtime, audit(actor, 'identity.takePost', call.requestId))
      })
      sessions.end([actor.sessionId])
      return sessionView({ actor: actorAt(policy, row, post, nowOf(context)), posts, endsAt: idleEnd() })
    }),
    route(contract.signOut, async (call) => {
      const actor = personOf(call.actor)
      const way = (await findSessionById(db, actor.sessionId))?.way
      await platform.transaction(async (tx) => {
        await deleteSession(tx, actor.sessionId)
        await writeAudit(tx, runtime, audit(actor, 'identity.signOut', call.requestId))
      })
      sessions.end([actor.sessionId])
      call.header('set-cookie', sessionCookie(context, undefined))
      const providerUrl = way === 'provider' ? await context.provider?.signOutUrl() : undefined
      return { ended: true, ...(providerUrl === undefined ? {} : { providerUrl }) }
    }),
    route(contract.signInWays, async () => ({
      password: true,
      provider: context.provider ? { name: context.provider.name } : null,
      passwordRules: { minLength: PASSWORD_MIN_LENGTH, history: PASSWORD_HISTORY, rotationDays: policy.passwordRotationDays },
    })),
    route(contract.changePassword, async (call) => ({
      endedSessions: await changePassword(context, personOf(call.actor), { ...call.body, requestId: call.requestId }),
    })),
    route(contract.renewPassword, async (call) => {
      await renewPassword(context, { ...call.body, requestId: call.requestId, client: call.ip })
      return { renewed: true }
    }),
    route(contract.acceptInvitation, (call) => acceptInvitation(context, { ...call.body, requestId: call.requestId, client: call.ip })),
    route(contract.listDemoPeople, async () => (city.city.demo ? { password: DEMO_PASSWORD, rows: await listDemoPeople(db) } : { password: null, rows: [] })),
  ]
}

/** The answer of a sign-in: the token, what it opens, and the cookie. */
export async function openedSession(context: Context, token: string, header: (name: string, value: string) => void) {
  const session = await context.sessions.find(token)
  if (!session) throw new Refusal('SESSION_MISSING')
  header('set-cookie', sessionCookie(context, token))
  return { token, session: sessionView(session) }
}
