import { expect, test } from 'vitest'
import { linkTo, readPlace } from './place.ts'

test('an address names a screen, what of it and its filters, and survives the way back', () => {
  const address = linkTo('people', ['a b/c'], { q: '张 三', ended: undefined, state: '' })
  expect(address).toBe('#/people/a%20b%2Fc?q=%E5%BC%A0+%E4%B8%89')
  expect(readPlace(address)).toEqual({ screen: 'people', rest: ['a b/c'], query: { q: '张 三' } })
})

test('an empty or broken address is no screen and does not throw', () => {
  expect(readPlace('')).toEqual({ screen: '', rest: [], query: {} })
  expect(readPlace('#/%E0%A4%A/%zz?%')).toMatchObject({ screen: '', rest: [] })
})
