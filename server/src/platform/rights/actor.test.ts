import { describe, expect, it } from 'vitest'
import { allow, maskContact, maskName, may, SYSTEM, within, type PersonActor } from './actor.ts'

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

describe('a mask', () => {
  it.each([
    ['张三', '张*'],
    ['欧阳修文', '欧阳**'],
    ['王', '王*'],
    ['𠮷田', '𠮷*'],
    ['', '*'],
  ])('shows the name %s as %s', (name, shown) => expect(maskName(name)).toBe(shown))
  it.each([
    ['13812341234', '138****1234'],
    ['+8613812341234', '+86****1234'],
    ['0632-88', '*******'],
    ['12345678', '123****5678'],
    ['', ''],
  ])('shows the contact %s as %s', (contact, shown) => expect(maskContact(contact)).toBe(shown))
})
