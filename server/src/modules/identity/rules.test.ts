import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City, Organisation } from '@linli/contract/city'
import { DUTY_CONFLICTS } from '@linli/contract/duties'
import { PERMISSIONS } from '@linli/contract/permissions'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REPOSITORY } from '../../start.ts'
import {
  conflictsBeside,
  conflictsOf,
  DAY_MS,
  demandedFrom,
  isPasswordOld,
  overlaps,
  periodProblem,
  policyOf,
  reachOf,
  withheldOf,
  type SignInPolicy,
} from './rules.ts'

const CITIES = join(REPOSITORY, 'cities')
const read = <T>(city: string, file: string) => JSON.parse(readFileSync(join(CITIES, city, file), 'utf8')) as T
const cities = readdirSync(CITIES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && entry.name !== 'build' ? [entry.name] : []))
const day = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * DAY_MS)
const policy: SignInPolicy = { secondFactorFor: ['audit.read', 'people.edit'], graceDays: 7, passwordRotationDays: null, staleDays: 90 }

describe('what a session may use', () => {
  const person = { strong: false, demo: false, createdAt: day(0) }

  it('withholds what demands a second factor, from the end of the grace on', () => {
    const held = ['people.read', 'people.edit', 'audit.read']
    expect(withheldOf(policy, held, person, day(6.99))).toEqual([])
    expect(withheldOf(policy, held, person, day(7))).toEqual(['audit.read', 'people.edit'])
    expect(withheldOf({ ...policy, graceDays: 0 }, held, person, day(0))).toEqual(['audit.read', 'people.edit'])
  })

  it('withholds nothing from who has shown one, and nothing from the invented people of the demo city', () => {
    expect(withheldOf(policy, ['people.edit'], { ...person, strong: true }, day(400))).toEqual([])
    expect(withheldOf(policy, ['people.edit'], { ...person, demo: true }, day(400))).toEqual([])
    expect(demandedFrom(policy, { demo: true, createdAt: day(0) })).toBeUndefined()
  })

  it('holds where a city says nothing about it: accounts, audit, operation, exports and reveals demand one', () => {
    const standard = policyOf({} as City)
    for (const permission of ['people.edit', 'audit.read', 'platform.operate', 'export.approve', 'reporter.reveal'] as const)
      expect(standard.secondFactorFor).toContain(permission)
    expect(standard.secondFactorFor.every((permission) => PERMISSIONS.includes(permission))).toBe(true)
  })
})

describe('a password by its age', () => {
  it('never grows old in a city without rotation, and does on the day in one with it', () => {
    expect(isPasswordOld(policy, day(0), day(9_999))).toBe(false)
    expect(isPasswordOld({ ...policy, passwordRotationDays: 90 }, day(0), day(89.9))).toBe(false)
    expect(isPasswordOld({ ...policy, passwordRotationDays: 90 }, day(0), day(90))).toBe(true)
    expect(isPasswordOld({ ...policy, passwordRotationDays: 90 }, null, day(90))).toBe(false)
  })
})

describe.each(cities)('separation of duties in %s', (name) => {
  const roles = Object.entries(read<City>(name, 'city.json').roles)
  const organisation = read<Organisation>(name, 'organisation.json')
  const permissionsOf = (names: readonly string[]) => roles.filter(([role]) => names.includes(role)).flatMap(([, permissions]) => permissions)

  it('has no role and no post that breaks a rule by itself', () => {
    for (const [role, permissions] of roles) for (const scope of ['post', 'person'] as const) expect(conflictsOf(permissions, scope), role).toEqual([])
    for (const post of organisation.posts)
      for (const scope of ['post', 'person'] as const) expect(conflictsOf(permissionsOf(post.roles), scope), post.code).toEqual([])
  })

  it('has no person whose posts break a rule together', () => {
    for (const person of organisation.people) {
      const held = organisation.posts.filter((post) => person.posts.includes(post.code)).flatMap((post) => permissionsOf(post.roles))
      expect(conflictsOf(held, 'person'), person.login).toEqual([])
    }
  })

  it('refuses every pair of roles that holds two of system, security and audit administration, and says which: all pairs', () => {
    const kinds = ['platform.operate', 'people.edit', 'audit.read']
    for (const [one, first] of roles)
      for (const [two, second] of roles) {
        const beside = conflictsBeside({ permissions: first, from: day(1), to: null }, [{ permissions: second, from: day(0), to: null }])
        const held = new Set(kinds.filter((kind) => [...first, ...second].includes(kind as never)))
        expect(
          beside.some((rule) => rule.permissions.every((permission) => kinds.includes(permission))),
          `${one} beside ${two}`,
        ).toBe(held.size > 1)
        // The same, said by the declared pairs alone: each that the two hold together and neither order of granting changes it.
        const declared = conflictsOf([...first, ...second], 'person').map((rule) => rule.rule)
        expect(
          beside.map((rule) => rule.rule),
          `${one} beside ${two}`,
        ).toEqual(declared)
      }
  })
})

describe('the declared pairs', () => {
  it('name two different permissions each, once, in both languages', () => {
    expect(new Set(DUTY_CONFLICTS.map((rule) => rule.rule)).size).toBe(DUTY_CONFLICTS.length)
    for (const { permissions, zh, en, rule } of DUTY_CONFLICTS) {
      expect(permissions[0], rule).not.toBe(permissions[1])
      for (const permission of permissions) expect(PERMISSIONS, rule).toContain(permission)
      expect(zh !== '' && en !== '', rule).toBe(true)
    }
  })

  it('count only for duties of the same time', () => {
    const operate = { permissions: ['platform.operate'], from: day(0), to: day(10) }
    expect(conflictsBeside({ permissions: ['audit.read'], from: day(10), to: null }, [operate])).toEqual([])
    expect(conflictsBeside({ permissions: ['audit.read'], from: day(9), to: null }, [operate]).map((rule) => rule.rule)).toEqual(['system-audit'])
  })

  it('find a conflict whichever of the two comes first: a property', () => {
    const duty = fc.record({ permissions: fc.uniqueArray(fc.constantFrom(...PERMISSIONS), { maxLength: 6 }), from: fc.constant(day(0)), to: fc.constant(null) })
    fc.assert(
      fc.property(duty, duty, (one, two) => {
        fc.pre(conflictsOf(one.permissions, 'person').length + conflictsOf(two.permissions, 'person').length === 0)
        expect(conflictsBeside(one, [two])).toEqual(conflictsBeside(two, [one]))
      }),
    )
  })
})

describe('times and areas', () => {
  it('two periods overlap where they share an instant; one that ends as the other begins does not', () => {
    expect(overlaps({ from: day(0), to: day(1) }, { from: day(1), to: null })).toBe(false)
    expect(overlaps({ from: day(0), to: null }, { from: day(1), to: day(2) })).toBe(true)
    fc.assert(
      fc.property(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)), ([a, b, c, d]) => {
        const hours = (from: number, to: number) => Array.from({ length: 10 }, (_, hour) => hour >= from && hour < to)
        const both = hours(a, a + b).some((inside, hour) => inside && hours(c, c + d)[hour])
        if (b > 0 && d > 0 && a + b <= 10 && c + d <= 10) expect(overlaps({ from: day(a), to: day(a + b) }, { from: day(c), to: day(c + d) })).toBe(both)
      }),
    )
  })

  it('a holding begins now or later, ends after that, and a deputy’s within a year', () => {
    expect(periodProblem(day(5), day(5), null, false)).toBeUndefined()
    expect(periodProblem(day(5), day(4), null, false)).toBe('/body/fromAt')
    expect(periodProblem(day(5), day(6), day(6), false)).toBe('/body/toAt')
    expect(periodProblem(day(5), day(6), null, true)).toBe('/body/toAt')
    expect(periodProblem(day(5), day(6), day(6 + 367), true)).toBe('/body/toAt')
    expect(periodProblem(day(5), day(6), day(6 + 366), true)).toBeUndefined()
  })

  it('a person is inside, across or outside an administrator’s area; one without any area is the whole city’s', () => {
    expect(reachOf('9901.990101', '9901', ['9901.990101.01', '9901.990101'])).toBe('inside')
    expect(reachOf('9901.990101', '9901', ['9901.990101.01', '9901.990102'])).toBe('across')
    expect(reachOf('9901.990101', '9901', ['9901', '9901.9901010'])).toBe('outside')
    expect(reachOf('9901.990101', '9901', [])).toBe('outside')
    expect(reachOf('9901', '9901', [])).toBe('inside')
  })
})
