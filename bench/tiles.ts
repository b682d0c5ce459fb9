/**
 * Tiles from the server: components of a city of 22,000 grids and areas, at zooms 10, 12 and 14, each tile asked for the first time (cut while
 * somebody waits) and again (kept), beside a floor of the same run: a bare server that answers with the same bytes. One kept connection, one
 * question after another; the program and its database run beside it.
 *
 * Usage: node bench/tiles.ts [--components 1000000] [--tiles 400] [--rounds 3] [--data folder]; a folder that is named is kept.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HttpConnection } from './loop/http.ts'
import { machine, ROOT } from './loop/machine.ts'
import { BENCH_ADMIN, started, startProgram } from './loop/program.ts'
import { fillComponents, openEmbedded, tilesWithComponents } from './tiles/ground.ts'

const { values } = parseArgs({
  options: {
    components: { type: 'string', default: '1000000' },
    tiles: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '3' },
    data: { type: 'string' },
  },
})
const COMPONENTS = Number(values.components)
const ROUNDS = Number(values.rounds)
/** p95 in milliseconds, from the server. */
const TARGETS: Readonly<Record<number, number>> = { 10: 60, 12: 20, 14: 10 }

const folder = values.data ?? mkdtempSync(join(tmpdir(), 'linli-tiles-'))
const data = join(folder, 'data')
mkdirSync(data, { recursive: true })
// PostgreSQL does not run as root: its user must be able to pass.
chmodSync(folder, 0o711)
const program = await startProgram(data, undefined, 'zaozhuang')
const floor = await started(spawn(process.execPath, [join(ROOT, 'bench/tiles-floor.ts')], { stdio: ['ignore', 'pipe', 'inherit'] }))
const { db } = openEmbedded(data)
try {
  await fillComponents(db, COMPONENTS)
  const headers = await signIn()
  const [ours, bare] = [await HttpConnection.open(program.url), await HttpConnection.open(floor.url)]
  const { processor, cores, memoryGiB, node, load } = machine()
  console.log(`${processor}, ${cores} cores, ${memoryGiB} GiB, load ${load}; Node ${node}; ${COMPONENTS.toLocaleString('en')} components`)
  const began = performance.now()
  await ours.ask({ method: 'GET', path: '/tiles/components/0/0/0', headers })
  console.log(`first tile of all, with reading the components into memory: ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  for (const kind of ['components', 'areas'])
    for (const z of [10, 12, 14]) {
      const paths = (await tilesWithComponents(db, z, Number(values.tiles))).map((address) => `/tiles/${kind}/${address}`)
      const sizes: number[] = []
      const first = await times(paths, async (path) => {
        const { status, body } = await ours.ask({ method: 'GET', path, headers })
        if (status !== 200) throw new Error(`${path} answered ${status}`)
        sizes.push(body.length)
      })
      const again: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) again.push(...(await times(paths, (path) => ours.ask({ method: 'GET', path, headers }))))
      for (const path of paths) {
        const { body } = await ours.ask({ method: 'GET', path, headers })
        await bare.ask({ method: 'PUT', path, body: Buffer.from(body) })
      }
      const same: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) same.push(...(await times(paths, (path) => bare.ask({ method: 'GET', path }))))
      const kept = at(again, 0.95)
      console.log(
        `${kind.padEnd(10)} z${z}  ${String(paths.length).padStart(4)} tiles  ${kb(at(sizes, 0.5))} p50 ${kb(Math.max(...sizes))} most   cut p50 ${ms(at(first, 0.5))} p95 ${ms(at(first, 0.95))} most ${ms(Math.max(...first))}   kept p95 ${ms(kept)}   floor p95 ${ms(at(same, 0.95))}`,
      )
      if (kind === 'components' && at(first, 0.95) > (TARGETS[z] ?? 0)) process.exitCode = 1
    }
  ours.close()
  bare.close()
} finally {
  await db.destroy()
  await program.stop()
  await floor.stop()
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
}

async function signIn(): Promise<Record<string, string>> {
  const answer = await fetch(`${program.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(BENCH_ADMIN),
  })
  if (answer.status !== 201) throw new Error(`sign-in answered ${answer.status}`)
  return { authorization: `Bearer ${((await answer.json()) as { token: string }).token}`, 'accept-encoding': 'gzip' }
}

async function times(paths: readonly string[], ask: (path: string) => Promise<unknown>): Promise<number[]> {
  const found: number[] = []
  for (const path of paths) {
    const began = performance.now()
    await ask(path)
    found.push(performance.now() - began)
  }
  return found
}

function at(found: readonly number[], share: number): number {
  const sorted = [...found].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}
function kb(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1).padStart(6)} kB`
}
