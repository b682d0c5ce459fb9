import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { systemRuntime } from '../../platform/runtime.ts'
import { identityKey } from './key.ts'

describe('the key of accounts', () => {
  const folders: string[] = []
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'linli-key-'))
    folders.push(made)
    return made
  }
  const keyIn = (data: string) => identityKey(readConfig({ LINLI_DATA: data }), systemRuntime)
  afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true, force: true })))

  it('seals so that only itself opens, and only for the same owner', () => {
    const [one, other] = [keyIn(folder()), keyIn(folder())]
    const sealed = one.seal('JBSWY3DPEHPK3PXP', 'zhao')
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP')
    expect(one.open(sealed, 'zhao')).toBe('JBSWY3DPEHPK3PXP')
    expect(one.open(sealed, 'qian')).toBeUndefined()
    expect(other.open(sealed, 'zhao')).toBeUndefined()
    expect(one.seal('JBSWY3DPEHPK3PXP', 'zhao')).not.toBe(sealed)
  })

  it('opens nothing that was touched or is of another form', () => {
    const key = keyIn(folder())
    const sealed = key.seal('secret', 'zhao')
    const [version, nonce, tag = '', text] = sealed.split('.')
    for (const touched of [
      '',
      'v1',
      'v2.a.b.c',
      `${version}.${nonce}.${tag.slice(0, 4)}.${text}`,
      `${sealed}AAAA`,
      `${version}.${nonce}.${tag}.`,
      sealed.replace('v1', 'v2'),
    ])
      expect(key.open(touched, 'zhao'), touched).toBeUndefined()
  })

  it('is made once, readable by its owner alone, and stays the same over a restart', () => {
    const data = folder()
    const sealed = keyIn(data).seal('secret', 'zhao')
    expect(statSync(join(data, 'keys/identity-key')).mode & 0o777).toBe(0o600)
    expect(keyIn(data).open(sealed, 'zhao')).toBe('secret')
    expect(readFileSync(join(data, 'keys/identity-key'), 'utf8').trim()).toHaveLength(44)
    writeFileSync(join(data, 'keys/identity-key'), 'short\n')
    expect(() => keyIn(data).open(sealed, 'zhao')).toThrow('does not hold a key')
  })

  it('digests a login the same whatever its case, and differently with another key', () => {
    const [one, other] = [keyIn(folder()), keyIn(folder())]
    expect(one.digestLogin('ZhaoLan')).toBe(one.digestLogin('zhaolan'))
    expect(one.digestLogin('zhaolan')).not.toBe(other.digestLogin('zhaolan'))
    expect(one.digestLogin('zhaolan')).not.toBe(one.digestLogin('zhaolam'))
  })
})
