import { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { createLocalSession } from '../modules/identity/index.ts'
import { startServer } from '../start.ts'
import { CommandError } from './output.ts'

export interface ConnectOptions {
  readonly url?: string
  readonly login?: string
  readonly json?: boolean
}
/** The API as a command uses it: signed in, JSON in and out, problems as CommandError. */
export interface Api {
  readonly url: string
  call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>
  /** Status and parsed answer, also of a refusal. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; answer: unknown; retryAfterS: number }>
  close(): Promise<void>
}

/** Adds the options by which a command reaches a running program, or starts one on this machine's data. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'a running Linli; without it the data folder of this machine is opened (the program must not be running on it)')
    .option('--login <login>', 'with --url: sign in as this person; the password is read from LINLI_PASSWORD, the code of a second factor from LINLI_CODE')
    .option('--json', 'print one JSON object as the result')
}

/** Reaches the API over HTTP: at --url as a person, else in a program started here on a free port as the machine's administrator. */
export async function connect(options: ConnectOptions): Promise<Api> {
  if (options.url !== undefined) return remote(options.url.replace(/\/$/, ''), options.login)
  const config = { ...readConfig(), PORT: 0, HOST: '127.0.0.1', LINLI_DEMO_DRIVER: 'off' as const }
  const log = createLog(process.env['LINLI_LOG_LEVEL'] === undefined ? 'error' : config.LINLI_LOG_LEVEL)
  const running = await startServer({ config, log })
  const session = await createLocalSession(running.platform)
  return client(running.url, session.token, async () => {
    await session.end()
    await running.stop()
  })
}

async function remote(url: string, login: string | undefined): Promise<Api> {
  const password = process.env['LINLI_PASSWORD']
  if (login === undefined || password === undefined) throw new CommandError('SIGN_IN_MISSING', 'With --url give --login and set LINLI_PASSWORD')
  const anonymous = client(url, undefined, async () => undefined)
  const token = await signIn(anonymous, login, password)
  const api = client(url, token, async () => void (await api.send('DELETE', '/api/v1/session')))
  return api
}

/** Signs in; the second factor's code comes from LINLI_CODE, SECOND_FACTOR_NEEDED where it is wanted and not given. */
async function signIn(anonymous: Api, login: string, password: string): Promise<string> {
  const { status, answer } = await anonymous.send('POST', '/api/v1/session', { login, password })
  const problem = answer as { code?: string; extra?: { challenge?: string } } | undefined
  const code = process.env['LINLI_CODE']
  if (status === 401 && problem?.code === 'SECOND_FACTOR_NEEDED' && code !== undefined)
    return (await anonymous.call<{ token: string }>('POST', '/api/v1/session/second-step', { challenge: problem.extra?.challenge, code })).token
  if (status >= 300) throw refusalOf(status, answer)
  return (answer as { token: string }).token
}

function client(url: string, token: string | undefined, close: () => Promise<void>): Api {
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        'accept-language': 'en',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      answer: text === '' ? undefined : (JSON.parse(text) as unknown),
      retryAfterS: Number(response.headers.get('retry-after') ?? 0),
    }
  }
  return {
    url,
    send,
    close,
    call: async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
      const { status, answer } = await send(method, path, body, headers)
      if (status < 300) return answer as T
      throw refusalOf(status, answer)
    },
  }
}

/** What the server refused, with its fields, as the command says it. */
function refusalOf(status: number, answer: unknown): CommandError {
  const problem = answer as { code?: string; title?: string; detail?: string; fields?: { pointer: string; code: string; detail?: string }[] } | undefined
  const fields = (problem?.fields ?? [])
    .slice(0, 10)
    .map((field) => `\n  ${field.pointer} ${field.code}${field.detail === undefined ? '' : ` (${field.detail})`}`)
    .join('')
  return new CommandError(problem?.code ?? `HTTP_${status}`, `${problem?.title ?? 'refused'}: ${problem?.detail ?? ''}${fields}`, problem?.fields)
}
