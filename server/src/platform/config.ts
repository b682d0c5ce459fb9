import { existsSync, readFileSync } from 'node:fs'
import { Type, type Static } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const Text = (value?: string) => Type.String(value === undefined ? {} : { default: value })
const Whole = (value: number, minimum: number, maximum: number) => Type.Integer({ default: value, minimum, maximum })

/** Every setting: environment name in capitals, or the same name in the JSON file that LINLI_CONFIG names. The environment wins. */
const ConfigSchema = Type.Object({
  LINLI_DATA: Type.Optional(Text()),
  DATABASE_URL: Type.Optional(Text()),
  HOST: Text('127.0.0.1'),
  PORT: Whole(8080, 0, 65_535),
  LINLI_CITY: Text('demo'),
  LINLI_DEMO_DRIVER: Type.Union([Type.Literal('on'), Type.Literal('off')], { default: 'on' }),
  LINLI_ANCHOR_FILE: Type.Optional(Text()),
  LINLI_ADMIN_LOGIN: Type.Optional(Type.String({ minLength: 3, maxLength: 60 })),
  LINLI_ADMIN_PASSWORD: Type.Optional(Type.String({ maxLength: 200 })),
  LINLI_SECURITY_LOGIN: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{2,59}$' })),
  LINLI_TRUSTED_PROXY: Type.Optional(Type.String({ minLength: 2 })),
  LINLI_SESSION_IDLE_MINUTES: Whole(30, 1, 1440),
  LINLI_SESSION_MAX_HOURS: Whole(12, 1, 168),
  LINLI_LEDGER_ALG: Type.Union([Type.Literal('sha256'), Type.Literal('sm3')], { default: 'sha256' }),
  LINLI_LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  LINLI_DB_CONNECTIONS: Whole(16, 2, 200),
  LINLI_REPORTS_PER_MINUTE: Whole(60, 1, 1_000_000),
  LINLI_OIDC_ISSUER: Type.Optional(Type.String({ pattern: '^https?://' })),
  LINLI_OIDC_CLIENT_ID: Type.Optional(Text()),
  LINLI_OIDC_CLIENT_SECRET: Type.Optional(Text()),
  LINLI_OIDC_REDIRECT_URI: Type.Optional(Type.String({ pattern: '^https?://' })),
  LINLI_OIDC_NAME: Text('统一身份认证'),
  LINLI_OIDC_SCOPE: Text('openid profile'),
  LINLI_OIDC_CLAIM: Text('preferred_username'),
  LINLI_OIDC_STRONG: Text(''),
  LINLI_STOP_GRACE_S: Whole(20, 0, 600),
  LINLI_STOP_DELAY_S: Whole(0, 0, 120),
  LINLI_MAP_STYLE: Type.Optional(Type.String({ pattern: '^https?://' })),
  LINLI_MAP_CRS: Type.Union([Type.Literal('wgs84'), Type.Literal('cgcs2000')], { default: 'wgs84' }),
  LINLI_MAP_HOSTS: Type.Optional(Type.String({ pattern: '^https?://[^\\s;,/]+( https?://[^\\s;,/]+)*$' })),
  LINLI_SHED_LOOP_MS: Whole(300, 20, 60_000),
  LINLI_SHED_WAITING: Whole(400, 1, 1_000_000),
})
export type Config = Static<typeof ConfigSchema>

/** The hosts that a base map is fetched from, as origins: that of its style and those named beside it. */
export function mapHostsOf({ LINLI_MAP_STYLE: style, LINLI_MAP_HOSTS: hosts }: Pick<Config, 'LINLI_MAP_STYLE' | 'LINLI_MAP_HOSTS'>): string[] {
  return style === undefined ? [] : [...new Set([new URL(style).origin, ...(hosts?.split(' ') ?? [])])]
}

const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'LINLI_ADMIN_PASSWORD', 'LINLI_OIDC_CLIENT_SECRET'])
const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  'password',
  'admin',
  'administrator',
  '12345678',
  '123456789',
  '1234567890',
  'qwertyuiop',
  'changeme',
  'linli-demo',
  'linli1234567',
])

/** A start that cannot go on, with the setting that must change. */
export class StartError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'StartError'
    this.code = code
  }
}

/** Reads, defaults and checks every setting; throws StartError CONFIG_INVALID that names each wrong one. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const names = Object.keys(ConfigSchema.properties)
  const given: Record<string, unknown> = {}
  const file = env['LINLI_CONFIG']
  if (file) Object.assign(given, readConfigFile(file, names))
  for (const name of names) {
    const value = env[name]
    if (value !== undefined && value !== '') given[name] = value
  }
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true })
  addFormats.default(ajv)
  const valid = ajv.compile<Config>(ConfigSchema)
  if (!valid(given)) {
    const problems = (valid.errors ?? []).map((error) => `${error.instancePath.slice(1) || error.params['missingProperty']}: ${error.message}`)
    throw new StartError('CONFIG_INVALID', `Settings are wrong: ${problems.join('; ')}`)
  }
  refuseWeakSecrets(given)
  return given
}

function readConfigFile(file: string, names: readonly string[]): Record<string, unknown> {
  if (!existsSync(file)) throw new StartError('CONFIG_INVALID', `LINLI_CONFIG names ${file}, which does not exist`)
  const value = parsed(file)
  if (!value || typeof value !== 'object' || Array.isArray(value)) throw new StartError('CONFIG_INVALID', `${file} must hold one JSON object`)
  const unknown = Object.keys(value).filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new StartError('CONFIG_INVALID', `${file} has settings that do not exist: ${unknown.join(', ')}`)
  return value as Record<string, unknown>
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new StartError('CONFIG_INVALID', `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function refuseWeakSecrets(config: Config): void {
  const password = config.LINLI_ADMIN_PASSWORD
  if (password !== undefined && (password.length < 12 || COMMON_PASSWORDS.has(password.toLowerCase()))) {
    throw new StartError('CONFIG_WEAK_SECRET', 'LINLI_ADMIN_PASSWORD must have 12 characters or more and not be a well-known one')
  }
  const loopback = ['127.0.0.1', 'localhost', '::1'].includes(config.HOST)
  if (!loopback && config.LINLI_TRUSTED_PROXY === undefined) {
    throw new StartError(
      'CONFIG_PUBLIC_ADDRESS',
      `HOST=${config.HOST} is reachable from outside: name the TLS proxy in LINLI_TRUSTED_PROXY, or keep HOST=127.0.0.1`,
    )
  }
}

/** The settings as text for a log, with every secret replaced. */
export function printable(config: Config): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, SECRETS.has(name) ? '(set)' : value]))
}
