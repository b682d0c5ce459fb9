import { describe, expect, it } from 'vitest'
import { allow, may, SYSTEM, within, type PersonActor } from './actor.ts'

const person: PersonActor = {
  kind: 'person',
  personId: 'p',
  personName: '王',
  postId: 'o',
  postTitle: '处置员',
  unitCode: 'u',
  unitName: '单位',
  areaPath: '370400.370402',
  permissions: new Set(['cases.handle']),
  sessionId: 's',
}

describe('a scope', () => {
  it.each([
    ['370400', '370400', true],
    ['370400', '370400.370402.370402001000', true],
    ['370400.370402', '370400.370402', true],
    ['370400.370402', '370400', false],
    ['370400.370402', '370400.370403', false],
    ['370400.37040', '370400.370402', false],
    ['', '370400', false],
  ])('%s holds %s: %s', (scope, area, held) => expect(within(scope, area)).toBe(held))
})

describe('a permission', () => {
  it('is held by the post, always by the program itself, and never by somebody unknown', () => {
    expect([may(person, 'cases.handle'), may(person, 'cases.close'), may(SYSTEM, 'cases.close'), may({ kind: 'public', client: 'c' }, 'cases.handle')]).toEqual(
      [true, false, true, false],
    )
  })

  it('that is missing is named', () => {
    expect(() => allow(person, 'cases.handle')).not.toThrow()
    expect(() => allow(person, 'cases.close')).toThrow(expect.objectContaining({ code: 'PERMISSION_MISSING', extra: { permission: 'cases.close' } }) as Error)
  })
})
