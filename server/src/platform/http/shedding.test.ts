import { allEndpoints } from '@linli/contract/endpoints/all'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelOf, shedFrom, sustainedLevel } from './shedding.ts'

const LIMITS = { loopMs: 300, waiting: 400 }
const byId = (id: string) => {
  const endpoint = allEndpoints.find((each) => each.id === id)
  if (!endpoint) throw new Error(`no endpoint ${id}`)
  return shedFrom(endpoint)
}

describe('what is refused under load', () => {
  it('refuses lists first, then work on cases, and reports, photos, sign-in and the operator last', () => {
    expect(['cases.list', 'intake.listReports', 'places.listAreas'].map(byId)).toEqual([1, 1, 1])
    expect(['cases.get', 'cases.move', 'identity.me'].map(byId)).toEqual([2, 2, 2])
    expect(['intake.report', 'identity.signIn', 'operations.get'].map(byId)).toEqual([3, 3, 3])
  })

  it('takes one long pause for no overload, and what lasts for one', () => {
    expect(sustainedLevel([])).toBe(0)
    expect(sustainedLevel([0, 3, 0, 0])).toBe(0)
    expect(sustainedLevel([0, 3, 0, 3, 0, 0])).toBe(0)
    expect(sustainedLevel([3, 1, 0, 2, 0, 0, 0, 0, 0, 0])).toBe(1)
    expect(sustainedLevel([3, 3, 3, 3, 0, 0, 0, 0, 0, 0])).toBe(3)
  })

  it('has a place for every endpoint', () => {
    for (const endpoint of allEndpoints) expect([1, 2, 3], endpoint.id).toContain(shedFrom(endpoint))
  })

  it('refuses nothing below both limits, and never less under more pressure', () => {
    expect(levelOf({ loopMs: 299, waiting: 399 }, LIMITS)).toBe(0)
    expect([300, 600, 1200].map((loopMs) => levelOf({ loopMs, waiting: 0 }, LIMITS))).toEqual([1, 2, 3])
    const pressure = fc.record({ loopMs: fc.nat(5_000), waiting: fc.nat(5_000) })
    fc.assert(
      fc.property(pressure, fc.nat(1_000), fc.nat(1_000), (before, loop, waiting) => {
        expect(levelOf({ loopMs: before.loopMs + loop, waiting: before.waiting + waiting }, LIMITS)).toBeGreaterThanOrEqual(levelOf(before, LIMITS))
      }),
    )
  })
})
