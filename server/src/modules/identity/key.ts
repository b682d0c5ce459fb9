import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { defaultDataFolder } from '../../platform/data-folder.ts'
import type { Runtime } from '../../platform/runtime.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12

/** What seals secrets at rest and digests logins, with one key that lies in the data folder and never in the database. */
export interface IdentityKey {
  /** AES-256-GCM of a secret, bound to its owner: a sealed text that is moved to another person opens no more. */
  seal(secret: string, owner: string): string
  /** The secret, or undefined where the text was sealed with another key, for another owner, or was touched. */
  open(sealed: string, owner: string): string | undefined
  /** A digest of a login that was tried. Without the key nobody can find out by trying what was typed, which may be a password. */
  digestLogin(login: string): string
}

/** Absolute path of the data folder that the settings name. */
export const dataPath = (config: Config) => resolve(config.LINLI_DATA ?? defaultDataFolder(process.cwd(), process.getuid?.()))

/** The key of this data folder, made at first use (mode 0600). */
export function identityKey(config: Config, runtime: Runtime): IdentityKey {
  const folder = join(dataPath(config), 'keys')
  let parts: { sealing: Buffer; digesting: Buffer } | undefined
  const keys = () => (parts ??= partsOf(readKey(folder, runtime)))
  return {
    seal: (secret, owner) => {
      const nonce = Buffer.from(runtime.random(NONCE_BYTES))
      const cipher = createCipheriv('aes-256-gcm', keys().sealing, nonce).setAAD(Buffer.from(owner))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return ['v1', ...[nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.')
    },
    open: (sealed, owner) => {
      const [version, nonce, tag, text] = sealed.split('.')
      if (version !== 'v1' || nonce === undefined || tag === undefined || text === undefined) return undefined
      const { sealing } = keys()
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
          .setAAD(Buffer.from(owner))
          .setAuthTag(Buffer.from(tag, 'base64url'))
        return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
    digestLogin: (login) => createHmac('sha256', keys().digesting).update(login.toLowerCase()).digest('hex'),
  }
}

/** The hash under which a one-time secret of ours is kept; such secrets are long and random, so one plain hash is enough. */
export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** A new one-time secret of 256 bits. */
export const newToken = (runtime: Runtime) => Buffer.from(runtime.random(32)).toString('base64url')

function partsOf(key: Buffer): { sealing: Buffer; digesting: Buffer } {
  const part = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `linli identity ${use}`, KEY_BYTES))
  return { sealing: part('seal'), digesting: part('login') }
}

function readKey(folder: string, runtime: Runtime): Buffer {
  const file = join(folder, 'identity-key')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${Buffer.from(runtime.random(KEY_BYTES)).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes`)
  return key
}
