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
  /** Permissions of the post that are held back until this person signs in with a second factor. */
  readonly withheld?: ReadonlySet<string>
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
/** A reporter whose receipt intake has looked at: the ledger says who spoke, and no move of staff can be made with it. */
export const REPORTER: SystemActor = { kind: 'system', name: 'reporter' }

/** True where an area path lies at or below a scope. */
export function within(scopePath: string, areaPath: string): boolean {
  return areaPath === scopePath || areaPath.startsWith(`${scopePath}.`)
}

/** Throws PERMISSION_MISSING unless the actor's post holds the permission, SECOND_FACTOR_DEMANDED where only a second factor stands in between. */
export function allow(actor: Actor, permission: Permission): void {
  if (actor.kind === 'person' && actor.withheld?.has(permission)) throw new Refusal('SECOND_FACTOR_DEMANDED', [], { permission })
  if (!may(actor, permission)) throw new Refusal('PERMISSION_MISSING', [], { permission })
}

/** True where the actor's post holds the permission. */
export function may(actor: Actor, permission: string): boolean {
  return actor.kind === 'system' || (actor.kind === 'person' && actor.permissions.has(permission))
}

/** The person who acts; SESSION_MISSING where nobody is signed in. */
export function asPerson(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}
