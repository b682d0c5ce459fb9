import { identity as contract } from '@linli/contract/endpoints/identity'
import type { AnswerOf } from '@linli/contract/endpoint'
import { Refusal } from '@linli/contract/errors'
import { writeAudit, writeRead } from '../../platform/audit/audit.ts'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import { SESSION_COOKIE } from '../../platform/http/server.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Actor, PersonActor } from '../../platform/rights/actor.ts'
import { signIn } from './commands/sign-in.ts'
import { DEMO_PASSWORD } from './seed.ts'
import type { LiveSession, Sessions } from './sessions.ts'
import { deleteSession, listDemoPeople, listPeople, listPosts, listUnits, setSessionPost, type PostRow } from './store.ts'

const postView = (post: PostRow) => ({
  id: post.id,
  title: post.title,
  unitCode: post.unit_code,
  unitName: post.unit_name,
  areaCode: post.area_code,
  areaName: post.area_name,
})

function sessionView(session: LiveSession): AnswerOf<typeof contract.me> {
  const { actor, posts, endsAt } = session
  const post = posts.find((candidate) => candidate.id === actor.postId)
  if (!post) throw new Refusal('SESSION_MISSING')
  return {
    personId: actor.personId,
    personName: actor.personName,
    post: postView(post),
    posts: posts.map(postView),
    permissions: [...actor.permissions].sort(),
    endsAt: endsAt.toISOString(),
  }
}

function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}

export function identityRoutes(platform: Platform, sessions: Sessions): Route[] {
  const { db, runtime, config, city } = platform
  const secure = config.LINLI_TRUSTED_PROXY === undefined ? '' : '; Secure'
  const live = async (token: string) => {
    const session = await sessions.find(token)
    if (!session) throw new Refusal('SESSION_MISSING')
    return session
  }
  const audit = (actor: Actor, action: string, requestId: string) => ({ districtId: 0, requestId, actor, action, outcome: 'done' as const })
  return [
    route(contract.signIn, async (call) => {
      const { token } = await signIn(platform, { ...call.body, requestId: call.requestId, client: call.ip })
      call.header('set-cookie', `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${config.LINLI_SESSION_MAX_HOURS * 3600}${secure}`)
      return { token, session: sessionView(await live(token)) }
    }),
    route(contract.me, async (call) => {
      const actor = personOf(call.actor)
      const posts = await listPosts(db, actor.personId, new Date(runtime.now()))
      return sessionView({ actor, posts, endsAt: new Date(runtime.now() + config.LINLI_SESSION_IDLE_MINUTES * 60_000) })
    }),
    route(contract.takePost, async (call) => {
      const actor = personOf(call.actor)
      const posts = await listPosts(db, actor.personId, new Date(runtime.now()))
      const post = posts.find((candidate) => candidate.id === call.body.postId)
      if (!post) throw new Refusal('NOT_FOUND')
      await platform.transaction(async (tx) => {
        await setSessionPost(tx, actor.sessionId, post.id)
        await writeAudit(tx, runtime, audit(actor, 'identity.takePost', call.requestId))
      })
      sessions.forget()
      platform.realtime.endSession(actor.sessionId)
      const now: PersonActor = {
        ...actor,
        postId: post.id,
        postTitle: post.title,
        unitCode: post.unit_code,
        unitName: post.unit_name,
        areaPath: post.area_path,
        permissions: new Set(post.permissions),
      }
      return sessionView({ actor: now, posts, endsAt: new Date(runtime.now() + config.LINLI_SESSION_IDLE_MINUTES * 60_000) })
    }),
    route(contract.signOut, async (call) => {
      const actor = personOf(call.actor)
      await platform.transaction(async (tx) => {
        await deleteSession(tx, actor.sessionId)
        await writeAudit(tx, runtime, audit(actor, 'identity.signOut', call.requestId))
      })
      sessions.forget()
      platform.realtime.endSession(actor.sessionId)
      call.header('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure}`)
      return { ended: true }
    }),
    route(contract.listDemoPeople, async () => (city.city.demo ? { password: DEMO_PASSWORD, rows: await listDemoPeople(db) } : { password: null, rows: [] })),
    route(contract.listPeople, async (call) => {
      const limit = limitOf(call.query, 50)
      const after = call.query.cursor === undefined ? '' : Buffer.from(call.query.cursor, 'base64url').toString()
      const rows = await listPeople(db, { q: call.query.q ?? '', after, limit: limit + 1, now: new Date(runtime.now()) })
      const shown = rows.slice(0, limit)
      await writeRead(db, runtime, {
        districtId: 0,
        requestId: call.requestId,
        actor: call.actor,
        endpoint: contract.listPeople.id,
        purpose: call.purpose ?? '',
        objectKind: 'person',
        objectId: 'list',
        rows: shown.length,
      })
      const last = shown.at(-1)
      return {
        rows: shown.map((row) => ({ ...row, lastSeenAt: row.lastSeenAt?.toISOString() ?? null })),
        next: rows.length > limit && last ? Buffer.from(last.login).toString('base64url') : null,
      }
    }),
    route(contract.listUnits, async () => ({ rows: (await listUnits(db)).map(({ areaPath: _path, ...unit }) => unit) })),
  ]
}
