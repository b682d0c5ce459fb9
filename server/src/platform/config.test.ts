import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { mapHostsOf, printable, readConfig, StartError } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function fileWith(text: string): string {
  const file = join(folder, `${files++}.json`)
  writeFileSync(file, text)
  return file
}

function refusal(env: Record<string, string>): { code: string; message: string } {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('was not refused')
}

describe('the settings', () => {
  it('name the hosts of a base map, and no coordinate system in which our grids would lie beside its streets', () => {
    const style = 'https://maps.example/style.json'
    expect(mapHostsOf(readConfig({}))).toEqual([])
    expect(mapHostsOf(readConfig({ LINLI_MAP_STYLE: style, LINLI_MAP_HOSTS: 'https://t0.example https://maps.example' }))).toEqual([
      'https://maps.example',
      'https://t0.example',
    ])
    expect(refusal({ LINLI_MAP_STYLE: style, LINLI_MAP_CRS: 'gcj02' }).message).toContain('LINLI_MAP_CRS')
    for (const hosts of ["https://a.example; script-src 'unsafe-eval'", 'https://a.example/path', '*'])
      expect(refusal({ LINLI_MAP_HOSTS: hosts }).message).toContain('LINLI_MAP_HOSTS')
  })

  it('have defaults that keep a first start on this machine alone', () => {
    expect(readConfig({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 8080,
      LINLI_CITY: 'demo',
      LINLI_DEMO_DRIVER: 'on',
      LINLI_SESSION_IDLE_MINUTES: 30,
      LINLI_SESSION_MAX_HOURS: 12,
      LINLI_LEDGER_ALG: 'sha256',
      LINLI_LOG_LEVEL: 'info',
      LINLI_DB_CONNECTIONS: 16,
      LINLI_REPORTS_PER_MINUTE: 60,
      LINLI_OIDC_NAME: '统一身份认证',
      LINLI_OIDC_SCOPE: 'openid profile',
      LINLI_OIDC_CLAIM: 'preferred_username',
      LINLI_OIDC_STRONG: '',
      LINLI_STOP_GRACE_S: 20,
      LINLI_STOP_DELAY_S: 0,
      LINLI_MAP_CRS: 'wgs84',
      LINLI_SHED_LOOP_MS: 300,
      LINLI_SHED_WAITING: 400,
    })
  })

  it('come from a file too, and the environment wins', () => {
    const file = fileWith('{"PORT": 9000, "LINLI_CITY": "zaozhuang"}')
    expect(readConfig({ LINLI_CONFIG: file, PORT: '9001' })).toMatchObject({ PORT: 9001, LINLI_CITY: 'zaozhuang' })
  })

  it('that are empty in the environment count as not set', () => {
    expect(readConfig({ PORT: '', LINLI_ADMIN_PASSWORD: '' })).toMatchObject({ PORT: 8080 })
  })

  it.each([
    ['a port that is none', { PORT: '80000' }, 'PORT'],
    ['a word for a number', { LINLI_DB_CONNECTIONS: 'many' }, 'LINLI_DB_CONNECTIONS'],
    ['an unknown hash', { LINLI_LEDGER_ALG: 'md5' }, 'LINLI_LEDGER_ALG'],
    ['a driver neither on nor off', { LINLI_DEMO_DRIVER: 'maybe' }, 'LINLI_DEMO_DRIVER'],
    ['an unknown log level', { LINLI_LOG_LEVEL: 'loud' }, 'LINLI_LOG_LEVEL'],
  ])('with %s are refused and the setting is named', (_what, env, name) => {
    expect(refusal(env as unknown as Record<string, string>)).toEqual({ code: 'CONFIG_INVALID', message: expect.stringContaining(name) as string })
  })

  it('name every wrong one at once', () => {
    const { message } = refusal({ PORT: 'x', LINLI_LEDGER_ALG: 'y' })
    expect(message).toContain('PORT')
    expect(message).toContain('LINLI_LEDGER_ALG')
  })

  it.each([
    ['a setting that does not exist', '{"LINLI_CTIY": "demo"}', 'LINLI_CTIY'],
    ['a list', '[]', 'one JSON object'],
    ['broken JSON', '{"PORT": ', 'JSON'],
  ])('from a file with %s are refused', (_what, text, named) => {
    expect(refusal({ LINLI_CONFIG: fileWith(text) })).toEqual({ code: 'CONFIG_INVALID', message: expect.stringContaining(named) as string })
  })

  it('from a file that is not there are refused by its name', () => {
    expect(refusal({ LINLI_CONFIG: join(folder, 'absent.json') })).toEqual({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('absent.json') as string,
    })
  })

  it.each(['short', 'eleven-char', 'linli-demo', 'administrator', 'LINLI1234567'])(
    'refuse the weak administrator password %s, and do not repeat it',
    (password) => {
      const found = refusal({ LINLI_ADMIN_LOGIN: 'root', LINLI_ADMIN_PASSWORD: password })
      expect(found.code).toBe('CONFIG_WEAK_SECRET')
      expect(found.message).not.toContain(password)
    },
  )

  it('refuse an address that others can reach until the TLS proxy is named', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.9', 'city.example']) expect(refusal({ HOST: host }).code).toBe('CONFIG_PUBLIC_ADDRESS')
    expect(readConfig({ HOST: '0.0.0.0', LINLI_TRUSTED_PROXY: '10.0.0.1' })).toMatchObject({ HOST: '0.0.0.0' })
    for (const host of ['localhost', '::1']) expect(readConfig({ HOST: host }).HOST).toBe(host)
  })

  it('are printed without any secret', () => {
    const config = readConfig({ LINLI_ADMIN_LOGIN: 'root', LINLI_ADMIN_PASSWORD: 'correct horse battery', DATABASE_URL: 'postgres://u:hidden@db/linli' })
    expect(JSON.stringify(printable(config))).not.toMatch(/horse|hidden/)
    expect(printable(config)).toMatchObject({ LINLI_ADMIN_LOGIN: 'root', LINLI_ADMIN_PASSWORD: '(set)', DATABASE_URL: '(set)' })
  })
})
