import type { City } from '@linli/contract/city'
import { DUTY_CONFLICTS, type DutyConflict } from '@linli/contract/duties'
import { within } from '../../platform/rights/actor.ts'

export type SignInPolicy = NonNullable<City['signIn']>

/** How people sign in where the city says nothing: the permissions with which accounts, secrets and traces are within reach demand a second factor. */
const STANDARD_POLICY: SignInPolicy = {
  secondFactorFor: ['audit.read', 'export.approve', 'people.edit', 'platform.operate', 'reporter.reveal'],
  graceDays: 14,
  passwordRotationDays: null,
  staleDays: 90,
}
export const DAY_MS = 86_400_000
const DEPUTY_DAYS = 366
/** A clock that runs a little ahead of ours still means now. */
const AHEAD_MS = 60_000

export const policyOf = (city: City): SignInPolicy => city.signIn ?? STANDARD_POLICY

export interface Standing {
  /** True where the session was opened with a second factor. */
  readonly strong: boolean
  /** Invented people of the demo city. */
  readonly demo: boolean
  readonly createdAt: Date
}

/** The instant from which a second factor is demanded of a person; undefined for an invented person of the demo city, of whom none is. */
export function demandedFrom(policy: SignInPolicy, person: Pick<Standing, 'demo' | 'createdAt'>): Date | undefined {
  return person.demo ? undefined : new Date(person.createdAt.getTime() + policy.graceDays * DAY_MS)
}

/** Permissions of a post that a session may not use, because they demand a second factor (双因素) that it has not shown; in order. */
export function withheldOf(policy: SignInPolicy, permissions: readonly string[], standing: Standing, now: Date): string[] {
  const from = demandedFrom(policy, standing)
  if (standing.strong || from === undefined || now < from) return []
  return permissions.filter((permission) => (policy.secondFactorFor as readonly string[]).includes(permission)).toSorted()
}

/** True where a password is older than the city allows (定期更换); never in a city without a rotation. */
export function isPasswordOld(policy: SignInPolicy, passwordAt: Date | null, now: Date): boolean {
  return policy.passwordRotationDays !== null && passwordAt !== null && now.getTime() - passwordAt.getTime() >= policy.passwordRotationDays * DAY_MS
}

/** Declared pairs (职责分离) that a set of permissions holds both of, at one post or in one person. */
export function conflictsOf(permissions: Iterable<string>, scope: DutyConflict['within'], rules: readonly DutyConflict[] = DUTY_CONFLICTS): DutyConflict[] {
  const held = new Set(permissions)
  return rules.filter((rule) => rule.within === scope && rule.permissions.every((permission) => held.has(permission)))
}

export interface Duty {
  readonly permissions: readonly string[]
  readonly from: Date
  /** Null for one without an end. */
  readonly to: Date | null
}

/** Declared pairs that a person would come to hold with a new duty beside those of the same time. */
export function conflictsBeside(added: Duty, others: readonly Duty[]): DutyConflict[] {
  const beside = others.filter((other) => overlaps(added, other))
  return DUTY_CONFLICTS.filter((rule) => {
    const [one, two] = rule.permissions
    const newly = (mine: string, theirs: string) => added.permissions.includes(mine) && beside.some((other) => other.permissions.includes(theirs))
    return rule.within === 'person' && ((added.permissions.includes(one) && added.permissions.includes(two)) || newly(one, two) || newly(two, one))
  })
}

/** True where two half-open periods share an instant. */
export function overlaps(one: Pick<Duty, 'from' | 'to'>, two: Pick<Duty, 'from' | 'to'>): boolean {
  return (two.to === null || one.from < two.to) && (one.to === null || two.from < one.to)
}

export type Reach = 'inside' | 'across' | 'outside'

/** How a person's areas lie to an administrator's: all inside, some, or none; a person without any belongs to the whole city. */
export function reachOf(scopePath: string, cityPath: string, areaPaths: readonly string[]): Reach {
  if (areaPaths.length === 0) return scopePath === cityPath ? 'inside' : 'outside'
  const inside = areaPaths.filter((path) => within(scopePath, path)).length
  return inside === areaPaths.length ? 'inside' : inside > 0 ? 'across' : 'outside'
}

/** What is wrong with the time of a holding: it begins now or later and ends after that; a deputy's ends within a year. Undefined where nothing is. */
export function periodProblem(now: Date, from: Date, to: Date | null, deputy: boolean): '/body/fromAt' | '/body/toAt' | undefined {
  if (from.getTime() < now.getTime() - AHEAD_MS) return '/body/fromAt'
  if (to !== null && to <= from) return '/body/toAt'
  if (deputy && (to === null || to.getTime() - from.getTime() > DEPUTY_DAYS * DAY_MS)) return '/body/toAt'
  return undefined
}
