import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from './demo-driver/client.ts'
import { seeded } from '@linli/lib/random'
import { isTrouble, openWorld, type Outcome, type World } from './demo-driver/world.ts'

export interface DemoDriverOptions {
  readonly baseUrl: string
  /** Ends the driver. */
  readonly signal: AbortSignal
  readonly log: { info(facts: object, message: string): void; debug(facts: object, message: string): void }
  readonly seed: number
  /** New reports a minute; 7.5 makes one every 8 s. */
  readonly ratePerMinute?: number
  /** How many cases the first set has; 40 where nothing is said. */
  readonly firstCases?: number
  /** Open cases at which no more are reported. */
  readonly mostOpen?: number
}

/** A case takes six to nine moves from the report to the evaluation. */
const MOVES_PER_REPORT = 6
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Moves the cases of the demo city (演示驱动) as its invented people would: signs in and acts over public HTTP only, keeps the number of open
 * cases bounded, and leaves a case alone for two minutes after a visitor touched it. Never throws; `finished` resolves after the signal.
 */
export function startDemoDriver(options: DemoDriverOptions): { readonly finished: Promise<void> } {
  return {
    finished: drive(options).catch((error: unknown) => options.log.info({ error: String(error), stopped: options.signal.aborted }, 'demo driver ended')),
  }
}

async function drive({ baseUrl, signal, log, seed, ratePerMinute = 7.5, firstCases = 40, mostOpen = 60 }: DemoDriverOptions): Promise<void> {
  const random = seeded(seed)
  const call = createClient(baseUrl, signal)
  const moveEveryMs = 60_000 / (ratePerMinute * MOVES_PER_REPORT)
  let waitMs = FIRST_WAIT_MS
  const backOff = async (outcome: Extract<Outcome, { kind: 'refused' }>): Promise<void> => {
    log.debug({ status: outcome.status, code: outcome.code, waitMs }, 'demo driver waits')
    await pause(Math.max(waitMs, outcome.retryAfterMs), signal)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }

  let world: World | undefined
  while (!world && !signal.aborted) {
    world = await openWorld(call, random, Date.now)
    if (!world) await backOff({ kind: 'refused', status: 0, code: 'NOT_READY', retryAfterMs: 0 })
  }
  if (!world) return
  waitMs = FIRST_WAIT_MS
  const made = await fillFirst(world, firstCases, random, signal)
  log.info({ cases: made }, 'demo driver made its first cases')

  for (let turn = 0; !signal.aborted; turn++) {
    const open = await world.listOpen()
    if (!open.ok) {
      await backOff({ kind: 'refused', ...open })
      continue
    }
    const isReportTurn = turn % MOVES_PER_REPORT === 0 && open.value.length < mostOpen
    const outcomes = [...(isReportTurn ? [await world.report(random() < 0.55 ? 'web' : 'field')] : []), await world.moveSome(open.value)]
    for (const outcome of outcomes) if (outcome.kind !== 'idle') log.debug(outcome, 'demo driver acted')
    const trouble = outcomes.find((outcome) => outcome.kind === 'refused' && isTrouble(outcome.status))
    if (trouble?.kind === 'refused') await backOff(trouble)
    else {
      waitMs = FIRST_WAIT_MS
      await pause(moveEveryMs * (0.75 + random() * 0.5), signal)
    }
  }
}

/** Makes cases up to the wanted number and walks each some way, so that all six steps are seen at once. Returns how many it made. */
async function fillFirst(world: World, wanted: number, random: () => number, signal: AbortSignal): Promise<number> {
  const before = await world.listOpen()
  if (!before.ok) return 0
  let made = 0
  for (let missing = wanted - before.value.length; missing > 0 && !signal.aborted; missing--) {
    const reported = await world.report(random() < 0.4 ? 'web' : 'field')
    if (reported.kind === 'refused' && isTrouble(reported.status)) return made
    if (reported.kind !== 'done') continue
    made += 1
    await walk(world, reported.caseId, Math.floor(random() * 9), signal)
  }
  return made
}

async function walk(world: World, caseId: string, moves: number, signal: AbortSignal): Promise<void> {
  for (let move = 0; move < moves && !signal.aborted; move++) {
    const open = await world.listOpen()
    const row = open.ok ? open.value.find((each) => each.id === caseId) : undefined
    if (!row) return
    const outcome = await world.move(row)
    if (outcome.kind !== 'done') return
  }
}

/** Sleeps, or returns at once when the signal comes. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
