import type { AnswerOf } from '@linli/contract/endpoint'
import { identity as contract } from '@linli/contract/endpoints/identity'
import { Refusal } from '@linli/contract/errors'
import { writeRead } from '../../../platform/audit/audit.ts'
import { readCursor } from '../../../platform/http/cursor.ts'
import { SESSION_COOKIE } from '../../../platform/http/server.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { personOf, type Context } from '../context.ts'
import type { Scope } from '../people/queries.ts'
import type { LiveSession } from '../sessions.ts'
import type { PostRow } from '../store.ts'

const postView = (post: PostRow) => ({
  id: post.id,
  title: post.title,
  unitCode: post.unit_code,
  unitName: post.unit_name,
  areaCode: post.area_code,
  areaName: post.area_name,
  deputy: post.deputy,
  until: post.to_at?.toISOString() ?? null,
})

/** A session as its owner sees it. */
export function sessionView({ actor, posts, endsAt }: LiveSession): AnswerOf<typeof contract.me> {
  const post = posts.find((candidate) => candidate.id === actor.postId)
  if (!post) throw new Refusal('SESSION_MISSING')
  return {
    personId: actor.personId,
    personName: actor.personName,
    post: postView(post),
    posts: posts.map(postView),
    permissions: [...actor.permissions].toSorted(),
    withheld: post.permissions.filter((permission) => !actor.permissions.has(permission)).toSorted(),
    endsAt: endsAt.toISOString(),
  }
}

/** The cookie of a session: out of the reach of scripts and of other sites; no token ends it. */
export function sessionCookie({ platform }: Context, token: string | undefined): string {
  const { config } = platform
  return cookie({ platform }, SESSION_COOKIE, token, '/', config.LINLI_SESSION_MAX_HOURS * 3600)
}

/** A cookie for this program alone; without a value it ends. */
export function cookie({ platform }: Pick<Context, 'platform'>, name: string, value: string | undefined, path: string, maxAgeS: number): string {
  const secure = platform.config.LINLI_TRUSTED_PROXY === undefined ? '' : '; Secure'
  return `${name}=${value ?? ''}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=${value === undefined ? 0 : maxAgeS}${secure}`
}

/** The area whose people a person at a post may see. */
export function scopeOf({ platform }: Context, actor: Actor): Scope {
  const { areaPath } = personOf(actor)
  return { path: areaPath, whole: areaPath === platform.city.city.division }
}

/** The line of the read log for a look at people. */
export function logRead(
  { platform }: Context,
  call: { actor: Actor; requestId: string; purpose: string | undefined },
  endpoint: string,
  objectId: string,
  rows: number,
) {
  const { requestId, actor, purpose = '' } = call
  return writeRead(platform.db, platform.runtime, { districtId: 0, requestId, actor, endpoint, purpose, objectKind: 'person', objectId, rows })
}

/** The text behind which a page begins: a login or a code. CURSOR_INVALID for anything that is no text of ours. */
export function textCursor(cursor: string | undefined): string {
  if (cursor === undefined) return ''
  const text = Buffer.from(cursor, 'base64url').toString()
  if (Buffer.from(text).toString('base64url') !== cursor || text.includes('\0'))
    throw new Refusal('CURSOR_INVALID', [{ pointer: '/querystring/cursor', code: 'CURSOR_INVALID' }])
  return text
}
export const cursorOfText = (text: string) => Buffer.from(text).toString('base64url')
export const timeCursor = (cursor: string | undefined) => (cursor === undefined ? null : readCursor(cursor))

/** The rows of a page that was asked for with one row more, and the mark of the next. */
export function pageOf<T>(rows: readonly T[], limit: number, mark: (last: T) => string): { rows: T[]; next: string | null } {
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last !== undefined ? mark(last) : null }
}

export const iso = (at: Date | null) => at?.toISOString() ?? null
