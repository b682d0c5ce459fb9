import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../platform/runtime.ts'
import { newRecoveryCodes, plainCode } from './recovery.ts'
import { newSecret, otpauthUri, stepOf } from './totp.ts'

/** base32 of "12345678901234567890", the secret of RFC 6238 appendix B. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
/** RFC 6238 written out anew, so that the library is not its own judge. */
const codeAt = (step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', '12345678901234567890').update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe('a code of an authenticator', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the one of RFC 6238 at second %i', (second, code) => {
    expect(stepOf(RFC_SECRET, code, second * 1000)).toBe(Math.floor(second / 30))
  })

  it('fits in its own step and one to each side, and no other: a property', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90_000_000 }), fc.integer({ min: -5, max: 5 }), fc.nat(29_999), (step, off, within) => {
        const found = stepOf(RFC_SECRET, codeAt(step + off), step * 30_000 + within)
        if (Math.abs(off) <= 1) expect(found).toBeDefined()
        // Two of a million codes may be alike by chance: then the step found is one that has this code.
        if (found !== undefined) {
          expect(codeAt(found)).toBe(codeAt(step + off))
          expect(Math.abs(found - step)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '-28708', '28708.', '0x1234'])('is six digits and not %j', (code) => {
    expect(stepOf(RFC_SECRET, code, 59_000)).toBeUndefined()
  })

  it('comes from a secret of 160 bits that the URI carries with issuer and login', () => {
    const secret = newSecret((bytes) => systemRuntime.random(bytes))
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(newSecret((bytes) => systemRuntime.random(bytes))).not.toBe(secret)
    const uri = new URL(otpauthUri(secret, '邻里市 Linli', 'zhao.lan'))
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/邻里市 Linli:zhao.lan'])
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret, issuer: '邻里市 Linli', algorithm: 'SHA1', digits: '6', period: '30' })
  })
})

describe('recovery codes', () => {
  it('are ten different ones, none of which looks like a code of an authenticator', () => {
    const codes = newRecoveryCodes((bytes) => systemRuntime.random(bytes))
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
  })

  it('use every letter alike, whatever the bytes', () => {
    const counts = new Map<string, number>()
    const codes = Array.from({ length: 400 }, () => newRecoveryCodes((bytes) => systemRuntime.random(bytes)).join(''))
      .join('')
      .replaceAll('-', '')
    for (const letter of codes) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    expect(counts.size).toBe(31)
    for (const count of counts.values()) expect(Math.abs(count / (codes.length / 31) - 1)).toBeLessThan(0.15)
  })

  it('are read however they are typed', () => {
    expect(plainCode(' ABCD-efgh jkmn-2345 ')).toBe('abcdefghjkmn2345')
  })
})
