import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)
const MEMORY_KIB = 19_456
const PASSES = 2
const TAG_BYTES = 32

/** argon2id of a password in the PHC string form; 19 MiB, 2 passes, 1 lane (OWASP Password Storage, 2025). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await tagOf(password, nonce, MEMORY_KIB, PASSES)
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${nonce.toString('base64')}$${tag.toString('base64')}`
}

/** True where the password fits the stored hash; false also for a hash of another form. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/=]+)\$([\w+/=]+)$/.exec(stored)
  if (!parts) return false
  const expected = Buffer.from(parts[4] ?? '', 'base64')
  const tag = await tagOf(password, Buffer.from(parts[3] ?? '', 'base64'), Number(parts[1]), Number(parts[2]))
  return expected.length === tag.length && timingSafeEqual(expected, tag)
}

function tagOf(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  return derive('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce, parallelism: 1, tagLength: TAG_BYTES, memory, passes })
}
