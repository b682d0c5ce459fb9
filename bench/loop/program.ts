import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from './machine.ts'

export interface Started {
  readonly url: string
  stop(): Promise<void>
}

/** The first line of a child that says where it listens, as JSON with a `url`. */
export async function started(child: ChildProcess): Promise<Started> {
  if (!child.stdout) throw new Error('the child has no output')
  const first = once(child.stdout, 'data') as Promise<[Buffer]>
  const [chunk] = await Promise.race([first, once(child, 'exit').then(() => Promise.reject(new Error('the child ended before it was ready')))])
  const { url } = JSON.parse(chunk.toString()) as { url: string }
  return {
    url,
    stop: async () => {
      if (child.exitCode !== null) return
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}

/** Who signs in where there are no demo people. */
export const BENCH_ADMIN = { login: 'bench-admin', password: 'a long bench password' }

/** Starts the whole program as an operator would, on the embedded PostgreSQL or on the one named; a made-up city, nobody playing in it. */
export function startProgram(data: string, databaseUrl: string | undefined, city: 'demo' | 'zaozhuang' = 'demo'): Promise<Started> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LINLI_') && name !== 'DATABASE_URL'))
  const profile = process.env['LINLI_BENCH_PROFILE']
  return started(
    spawn(
      process.execPath,
      [...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile]), join(ROOT, 'server/src/cli/linli.mjs'), 'start', '--json'],
      {
        env: {
          ...inherited,
          LINLI_DATA: data,
          ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
          LINLI_CITY: city,
          ...(city === 'demo' ? {} : { LINLI_ADMIN_LOGIN: BENCH_ADMIN.login, LINLI_ADMIN_PASSWORD: BENCH_ADMIN.password }),
          LINLI_DEMO_DRIVER: 'off',
          LINLI_LOG_LEVEL: 'error',
          LINLI_REPORTS_PER_MINUTE: '1000000',
          PORT: '0',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    ),
  )
}
