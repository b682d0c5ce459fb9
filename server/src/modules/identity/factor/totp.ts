import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
const SECRET_BYTES = 20

// What every authenticator reads: SHA-1, six digits, 30 seconds (RFC 6238 §1.2, RFC 4226 §4).
const totpOf = (secret: string, issuer = '', label = '') =>
  new TOTP({ secret: Secret.fromBase32(secret), issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S })

/** A new TOTP secret (动态口令种子) of 160 bits in base32. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(random(SECRET_BYTES)).buffer }).base32
}

/** The otpauth URI that authenticators read from a QR code. */
export function otpauthUri(secret: string, issuer: string, login: string): string {
  return totpOf(secret, issuer, login).toString()
}

/** The time step, of the present one and its neighbours, whose code this is; undefined for none. A step that was used is not to be used again (RFC 6238 §5.2). */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? undefined : TOTP.counter({ period: PERIOD_S, timestamp: now }) + delta
}
