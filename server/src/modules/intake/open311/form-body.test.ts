import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeForm, firstOf, readFields } from './form-body.ts'

const TYPE = 'application/x-www-form-urlencoded'
const decode = (text: string) => decodeForm(TYPE, Buffer.from(text))

describe('a form body', () => {
  it('comes back pair by pair as any encoder of forms wrote it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { maxLength: 20 }), (pairs) => {
        const clean = pairs.filter((pair) => !pair.join('').includes('\0'))
        expect(decode(new URLSearchParams(clean).toString())).toEqual(clean)
      }),
    )
    expect(decode('a=1&&b&=x&c=1=2')).toEqual([
      ['a', '1'],
      ['b', ''],
      ['', 'x'],
      ['c', '1=2'],
    ])
  })

  it('is refused where it is not one, not UTF-8, or broken', () => {
    for (const type of [undefined, '', 'application/json', 'text/plain', `${TYPE}; charset=gbk`, `x${TYPE}`])
      expect(() => decodeForm(type, Buffer.from('a=1')), type).toThrow('OPEN311_BODY_NOT_FORM')
    for (const text of ['a=%', 'a=%zz', 'a=%c0%80', 'a=%00', '%ff=1']) expect(() => decode(text), text).toThrow('TEXT_NOT_ALLOWED')
    expect(() => decodeForm(TYPE, Buffer.from([0x61, 0x3d, 0xff]))).toThrow('TEXT_NOT_ALLOWED')
    expect(() => decode('a=1&'.repeat(501))).toThrow('INPUT_INVALID')
  })

  it('gives parameters by name, empty ones as absent, and several answers only where they are asked for with []', () => {
    const fields = readFields(decode('lat=1&email=&attribute[a]=1&attribute[b][]=1&attribute[b][]=2&attribute[b][]=&attribute[c]='))
    expect(fields.values).toEqual({ lat: '1' })
    expect([...fields.attributes]).toEqual([
      ['a', ['1']],
      ['b', ['1', '2']],
    ])
    expect(firstOf(decode('api_key=&api_key=x'), 'api_key')).toBe('x')
  })

  it('names each parameter that is unknown, repeated or too long', () => {
    const problems = (text: string) => {
      try {
        readFields(decode(text))
      } catch (error) {
        return (error as { fields: { pointer: string; code: string }[] }).fields.map(({ pointer, code }) => [pointer, code])
      }
      return []
    }
    expect(problems('lat=1&lat=2&attribute[a]=1&attribute[a]=2&nothing=1&__proto__=1&toString=1&attribute[]=1')).toEqual([
      ['lat', 'repeated'],
      ['attribute[a]', 'repeated'],
      ['nothing', 'unknown'],
      ['__proto__', 'unknown'],
      ['toString', 'unknown'],
      ['attribute[]', 'unknown'],
    ])
    expect(problems(`description=${encodeURIComponent('😀'.repeat(4_000))}`)).toEqual([])
    expect(problems(`description=${encodeURIComponent('😀'.repeat(4_001))}`)).toEqual([['description', 'maxLength']])
  })
})
