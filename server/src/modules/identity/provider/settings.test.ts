import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../platform/config.ts'
import { personOfClaims } from './claims.ts'
import { providerSettings } from './settings.ts'

const all = {
  LINLI_OIDC_ISSUER: 'https://id.example.org',
  LINLI_OIDC_CLIENT_ID: 'linli',
  LINLI_OIDC_CLIENT_SECRET: 'a secret of the two',
  LINLI_OIDC_REDIRECT_URI: 'https://linli.example.org/',
}
const settingsOf = (env: Record<string, string>) => providerSettings(readConfig(env))

describe('the settings of the city’s sign-in service', () => {
  it('are none or whole', () => {
    expect(settingsOf({})).toBeUndefined()
    expect(settingsOf({ ...all, LINLI_OIDC_STRONG: 'mfa, otp' })).toMatchObject({ clientId: 'linli', claim: 'preferred_username', strong: ['mfa', 'otp'] })
    for (const name of Object.keys(all)) expect(() => settingsOf({ ...all, [name]: '' }), name).toThrow('set all four or none')
  })

  it('name an address over TLS, or one of this machine', () => {
    for (const name of ['LINLI_OIDC_ISSUER', 'LINLI_OIDC_REDIRECT_URI']) {
      expect(() => settingsOf({ ...all, [name]: 'http://id.example.org' }), name).toThrow(`${name} must be an https address`)
      expect(() => settingsOf({ ...all, [name]: 'https://' }), name).toThrow(`${name} must be an https address`)
      expect(settingsOf({ ...all, [name]: 'http://127.0.0.1:9000' }), name).toBeDefined()
    }
  })
})

describe('the claims of an ID token', () => {
  const settings = { claim: 'preferred_username', strong: ['mfa', 'urn:strong'] }

  it('name the login by the claim that is configured', () => {
    expect(personOfClaims({ preferred_username: 'zhaolan', sub: '7' }, settings)).toEqual({ login: 'zhaolan', strong: false })
    for (const preferred_username of [undefined, '', 7, null, ['zhaolan']]) expect(personOfClaims({ preferred_username, sub: '7' }, settings)).toBeUndefined()
  })

  it('name nobody by an address of mail that is not verified', () => {
    const byMail = { ...settings, claim: 'email' }
    expect(personOfClaims({ email: 'zhao@example.org', email_verified: true }, byMail)?.login).toBe('zhao@example.org')
    for (const email_verified of [undefined, false, 'true', 1]) expect(personOfClaims({ email: 'zhao@example.org', email_verified }, byMail)).toBeUndefined()
  })

  it('count as a second factor only in words that the settings accept', () => {
    const strong = (claims: object, accepted = settings) => personOfClaims({ preferred_username: 'zhaolan', ...claims }, accepted)?.strong
    expect(strong({ amr: ['pwd', 'mfa'] })).toBe(true)
    expect(strong({ acr: 'urn:strong' })).toBe(true)
    expect(strong({ amr: ['pwd'], acr: '1' })).toBe(false)
    expect(strong({ amr: 'mfa' })).toBe(false)
    expect(strong({ amr: ['mfa'] }, { ...settings, strong: [] })).toBe(false)
  })
})
