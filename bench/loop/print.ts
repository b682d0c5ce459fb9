import type { DatabaseFigures, SizeFigures } from '../loop.ts'
import type { Window } from './windows.ts'

/** Prints what was measured, one line per figure. */
export function printFigures(figures: {
  machine: Record<string, string | number>
  seconds: number
  windows: number
  databases: readonly DatabaseFigures[]
}): void {
  const { processor, cores, memoryGiB, node, fastify, pg } = figures.machine
  console.log(`${processor}, ${cores} cores, ${memoryGiB} GiB; Node ${node}, Fastify ${fastify}, pg ${pg}`)
  console.log(`16 connections, medians of ${figures.windows} windows of ${figures.seconds} s; load, program and database on the same machine`)
  for (const { database, sizes } of figures.databases) {
    console.log(`\n${database}`)
    for (const size of sizes) printSize(size)
  }
}

function printSize({ cases, others, intake, lifecycles, reads, bursts }: SizeFigures): void {
  console.log(`\n  ${cases} cases${others > 0.1 ? `  (others used ${Math.round(others * 100)} % of the processors: too low)` : ''}`)
  if (intake) {
    line('report intake', intake.ours)
    line('floor: same rows, bare handler', intake.floor)
    console.log(`    ${'share of the floor'.padEnd(34)} ${intake.ratio.toFixed(3)}   (delivered and sealed ${intake.drainS.toFixed(1)} s after)`)
    for (const [kind, rate] of Object.entries(intake.pgbench ?? {}))
      console.log(`    ${`pgbench, same rows, ${kind}`.padEnd(34)} ${rate.toFixed(0).padStart(6)} /s`)
  }
  if (lifecycles) {
    line('whole lifecycles', lifecycles.lifecycles)
    console.log(
      `    ${'  a request of them'.padEnd(34)}            p50 ${ms(lifecycles.requests.p50)}   p95 ${ms(lifecycles.requests.p95)}   p99 ${ms(lifecycles.requests.p99)}`,
    )
  }
  for (const [name, window] of Object.entries(reads?.lists ?? {})) line(name, window)
  if (reads) line(`map of ${reads.pins.shown} pins`, reads.pins)
  for (const [index, burst] of (bursts?.bursts ?? []).entries())
    console.log(
      `    burst ${index + 1}: ${burst.perSecond.toFixed(0)}/s, ${burst.lifecycles} lifecycles, failed ${burst.failed}, asked to come again ${burst.shed}, p95 ${ms(burst.p95)}, of a request ${ms(burst.requestP95)}; waiting at its end ${burst.backlogAtPeak}, after the valley ${burst.backlogAfterValley}`,
    )
}

const ms = (value: number) => `${value.toFixed(1)} ms`
const line = (name: string, window: Window) =>
  console.log(
    `    ${name.padEnd(34)} ${window.perSecond.toFixed(0).padStart(6)} /s   p50 ${ms(window.p50)}   p95 ${ms(window.p95)}   p99 ${ms(window.p99)}${window.failed > 0 ? `   FAILED ${window.failed}` : ''}`,
  )
