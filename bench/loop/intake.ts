import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { drained, report, walkCase, type City } from './city.ts'
import type { Cluster } from './cluster.ts'
import { HttpConnection } from './http.ts'
import { ROOT } from './machine.ts'
import { pgbench } from './pgbench.ts'
import { started, type Started } from './program.ts'
import { makeFloorDatabase, readRows } from './same-rows.ts'
import { median, medianOf, runWindow, type Window, type Work } from './windows.ts'
import type { SameRows } from '../../server/test/support/insert-floor.ts'

export interface IntakeFigures {
  readonly ours: Window
  readonly floor: Window
  /** Ours as a share of the floor, by pairs of windows, the median. */
  readonly ratio: number
  /** Seconds until what the windows left behind the answers was done. */
  readonly drainS: number
  readonly pgbench: Readonly<Record<string, number>> | undefined
}

/** Where the floor finds its database: beside ours on the same server. */
export interface FloorPlace {
  readonly url: string
  readonly maintenanceUrl: string
}

/** Report intake at sixteen connections, in turns with a bare handler that inserts the same rows on the same server. */
export async function measureIntake(
  city: City,
  place: FloorPlace,
  cluster: Cluster | undefined,
  folder: string,
  seconds: number,
  windows: number,
): Promise<IntakeFigures> {
  const rows = await sampleRows(city)
  await makeFloorDatabase(place.maintenanceUrl, place.url, 'floor')
  const floor = await startFloor(place.url, rows)
  let turn = 0
  const ours: Work = async (connection) => (await connection.ask(report(city, (turn += 1)))).status === 201
  const bare: Work = async (connection) =>
    (await connection.ask({ ...report(city, (turn += 1)), path: '/', headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() } }))
      .status === 201
  try {
    await runWindow(city.url, 2, ours)
    await runWindow(floor.url, 2, bare)
    await drained(city)
    const pairs: { ours: Window; floor: Window; drainS: number }[] = []
    for (let round = 0; round < windows; round++) {
      const mine = await runWindow(city.url, seconds, ours)
      const drainS = await drained(city)
      pairs.push({ ours: mine, floor: await runWindow(floor.url, seconds, bare), drainS })
    }
    return {
      ours: medianOf(pairs.map((pair) => pair.ours)),
      floor: medianOf(pairs.map((pair) => pair.floor)),
      ratio: median(pairs.map((pair) => pair.ours.perSecond / pair.floor.perSecond)),
      drainS: median(pairs.map((pair) => pair.drainS)),
      pgbench: cluster && {
        'six round trips': pgbench(cluster, 'floor', folder, rows, 'six round trips', seconds),
        'one statement': pgbench(cluster, 'floor', folder, rows, 'one statement', seconds),
      },
    }
  } finally {
    await floor.stop()
  }
}

async function sampleRows(city: City): Promise<SameRows> {
  const connection = await HttpConnection.open(city.url)
  const id = await walkCase(city, connection, 0, 'report')
  connection.close()
  return readRows(city.db, id)
}

function startFloor(url: string, rows: SameRows): Promise<Started> {
  const env = { ...process.env, LINLI_FLOOR: JSON.stringify({ url, rows }) }
  return started(spawn(process.execPath, [join(ROOT, 'server/test/support/insert-floor.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] }))
}
