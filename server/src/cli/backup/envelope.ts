import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { Transform } from 'node:stream'
import { CommandError } from '../output.ts'
import { damaged } from './tar.ts'

/**
 * A file under a passphrase: this line, a line of JSON with the salt, then frames of [length, ciphertext, tag]. The key comes from scrypt
 * (RFC 7914), each frame is AES-256-GCM with its number as nonce, and the last says that it is the last, so that a cut is seen.
 */
export const MAGIC = 'LINLI-ENCRYPTED-BACKUP 1\n'
const FRAME = 1024 * 1024
const TAG = 16
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

interface Envelope {
  readonly kdf: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
}

/** Encrypts what is written into it under a passphrase. */
export function encrypting(passphrase: string): Transform {
  const salt = randomBytes(16)
  const key = scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT)
  const head: Envelope = { kdf: 'scrypt', n: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: salt.toString('base64') }
  let started = false
  let frame = 0
  let held: Buffer = Buffer.alloc(0)
  const seal = (plain: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame++))
    cipher.setAAD(Buffer.from([last ? 1 : 0]))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return Buffer.concat([length, body, cipher.getAuthTag()])
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!started) this.push(`${MAGIC}${JSON.stringify(head)}\n`)
      started = true
      held = Buffer.concat([held, chunk])
      // One frame is kept back, because only the end knows which is the last.
      for (; held.length > FRAME; held = held.subarray(FRAME)) this.push(seal(held.subarray(0, FRAME), false))
      done()
    },
    flush(done) {
      this.push(seal(held, true))
      done()
    },
  })
}

/** Decrypts a file that `encrypting` wrote; throws CommandError BACKUP_PASSPHRASE_WRONG, or BACKUP_DAMAGED where a frame was changed or the end is missing. */
export async function* decrypted(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  let key: Buffer | undefined
  let frame = 0
  let ended = false
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk])
    if (!key) {
      const end = held.indexOf(0x0a, MAGIC.length)
      if (end < 0) continue
      key = keyOf(held.toString('utf8', MAGIC.length, end), passphrase)
      held = held.subarray(end + 1)
    }
    while (held.length >= 4) {
      const length = held.readUInt32BE(0)
      if (ended || length > FRAME) throw damaged('a frame is broken')
      if (held.length < 4 + length + TAG) break
      const body = held.subarray(4, 4 + length)
      const tag = held.subarray(4 + length, 4 + length + TAG)
      const plain = open(key, frame, body, tag, false)
      ended = plain === undefined
      const text = plain ?? open(key, frame, body, tag, true)
      if (text === undefined) throw frame === 0 ? wrongPassphrase() : damaged(`frame ${frame} was changed`)
      frame += 1
      held = held.subarray(4 + length + TAG)
      yield text
    }
  }
  if (!ended || held.length > 0) throw damaged('it ends too early')
}

function open(key: Buffer, frame: number, body: Buffer, tag: Buffer, last: boolean): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame))
  decipher.setAAD(Buffer.from([last ? 1 : 0]))
  decipher.setAuthTag(tag)
  const text = decipher.update(body)
  try {
    return Buffer.concat([text, decipher.final()])
  } catch {
    return undefined
  }
}

function keyOf(line: string, passphrase: string): Buffer {
  try {
    const { n, r, p, salt } = JSON.parse(line) as Envelope
    return scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { N: n, r, p, maxmem: SCRYPT.maxmem })
  } catch {
    throw damaged('its head is broken')
  }
}

/** The salt makes the key new for each file, so a counter never meets itself. */
function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(frame), 4)
  return nonce
}

const wrongPassphrase = (): CommandError => new CommandError('BACKUP_PASSPHRASE_WRONG', 'The passphrase does not open this backup')
