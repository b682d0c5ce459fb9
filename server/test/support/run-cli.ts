import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

const PROGRAM = join(import.meta.dirname, '../../src/cli/linli.mjs')

/** Runs the command `linli` as a process of its own, with nothing of the caller's settings. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>>): Promise<CliResult> {
  const began = performance.now()
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('LINLI_') && name !== 'DATABASE_URL' && name !== 'NODE_OPTIONS'),
  )
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { env: { ...inherited, ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr, ms: Math.round(performance.now() - began) })
    })
  })
}
