import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findServer } from '../../../src/platform/db/embedded/find-server.ts'

const PROGRAM = join(import.meta.dirname, '../../../src/cli/linli.mjs')
const START_MS = 60_000

/** The real program as a tree of processes: node and the PostgreSQL that it starts. */
export class Program {
  readonly #env: NodeJS.ProcessEnv
  readonly #data: string
  #node: ChildProcess | undefined
  #errors = ''
  url = ''

  constructor(data: string, env: Readonly<Record<string, string>>) {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('LINLI_') && name !== 'DATABASE_URL' && name !== 'NODE_OPTIONS'),
    )
    this.#env = { ...inherited, ...env, LINLI_DATA: data, PORT: '0' }
    this.#data = data
  }

  /** Starts the program without waiting for it. */
  spawn(): void {
    this.url = ''
    this.#errors = ''
    const node = spawn(process.execPath, [PROGRAM, 'start', '--json'], { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })
    node.stderr.on('data', (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString()).slice(-4_000)))
    let printed = ''
    node.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (this.#node === node && printed.includes('\n')) this.url = (JSON.parse(printed) as { url: string }).url
    })
    this.#node = node
  }

  /** Resolves with the address once the program serves; throws with its own words where it ended instead. */
  async ready(): Promise<string> {
    const until = performance.now() + START_MS
    while (this.url === '') {
      if (this.#node === undefined || this.#node.exitCode !== null) throw new Error(`the program ended while starting:\n${this.#errors}`)
      if (performance.now() > until) throw new Error(`the program did not start in ${START_MS} ms:\n${this.#errors}`)
      await sleep(10)
    }
    return this.url
  }

  /** kill -9 of every process of the tree; the database goes first or last, a moment apart. */
  async kill(databaseFirst: boolean, apartMs: number): Promise<void> {
    const node = this.#node
    if (!node) return
    const ended = node.exitCode === null && node.signalCode === null ? once(node, 'exit') : undefined
    const steps = [() => void node.kill('SIGKILL'), () => this.#killDatabase()]
    if (databaseFirst) steps.reverse()
    steps[0]?.()
    await sleep(apartMs)
    steps[1]?.()
    await ended
    // What node had just started when the list was made.
    this.#killDatabase()
    this.#node = undefined
    this.url = ''
  }

  #killDatabase(): void {
    const cluster = join(this.#data, 'postgres')
    if (!existsSync(cluster)) return
    const { postmaster, sessions } = findServer(realpathSync(cluster))
    for (const pid of [postmaster, ...sessions]) {
      try {
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }

  /** Asks the program to stop and waits until it has; returns its exit status. */
  async stop(): Promise<number | null> {
    const node = this.#node
    if (!node) return null
    const exit = once(node, 'exit')
    node.kill('SIGTERM')
    await exit
    this.#node = undefined
    return node.exitCode
  }
}
