import { Refusal } from '@linli/contract/errors'
import type { Permission } from '@linli/contract/permissions'

/** Somebody at a post (岗位): permissions come from the post's roles, scope from its area. */
export interface PersonActor {
  readonly kind: 'person'
  readonly personId: string
  readonly personName: string
  readonly postId: string
  readonly postTitle: string
  readonly unitCode: string
  readonly unitName: string
  /** Path of the post's area, such as `990100.990101`; everything below it is in scope. */
  readonly areaPath: string
  readonly permissions: ReadonlySet<string>
  readonly sessionId: string
}
/** Anybody without a session; `client` tells one sender from another for rate limits and idempotency. */
export interface PublicActor {
  readonly kind: 'public'
  readonly client: string
}
/** The program acting by a stored rule or a clock. */
export interface SystemActor {
  readonly kind: 'system'
  readonly name: string
}
export type Actor = PersonActor | PublicActor | SystemActor

export const SYSTEM: SystemActor = { kind: 'system', name: 'linli' }

/** True where an area path lies at or below a scope. */
export function within(scopePath: string, areaPath: string): boolean {
  return areaPath === scopePath || areaPath.startsWith(`${scopePath}.`)
}

/** Throws PERMISSION_MISSING unless the actor's post holds the permission. */
export function allow(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new Refusal('PERMISSION_MISSING', [], { permission })
}

/** True where the actor's post holds the permission. */
export function may(actor: Actor, permission: string): boolean {
  return actor.kind === 'system' || (actor.kind === 'person' && actor.permissions.has(permission))
}

/** Masks a name to its first character: 张* / 欧阳** (standards §5). */
export function maskName(name: string): string {
  const characters = [...name]
  const kept = /^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容)/.test(name) ? 2 : 1
  return characters.slice(0, kept).join('') + '*'.repeat(Math.max(1, characters.length - kept))
}

/** Masks a telephone number or other contact: 138****1234. */
export function maskContact(contact: string): string {
  const characters = [...contact]
  if (characters.length < 8) return '*'.repeat(characters.length)
  return `${characters.slice(0, 3).join('')}****${characters.slice(-4).join('')}`
}
