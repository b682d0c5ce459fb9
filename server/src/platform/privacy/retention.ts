import { writeAudit } from '../audit/audit.ts'
import { digest } from '../audit/hash.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { SYSTEM } from '../rights/actor.ts'
import { newId } from '../runtime.ts'
import type { AgeEraser, CaseEraser, EndedCase, Eraser } from './eraser.ts'
import { periodOf } from './retention-rules.ts'
import { findMark, finishProof, freedCases, heldCases, lockErasure, lockProof, writeMark, writeProof } from './retention-store.ts'

/** What erasure wants from the modules that know cases; app.ts connects it. */
export interface RetentionPorts {
  /** Cases that ended before an instant, the longest ago first, behind a mark. */
  endedCases(tx: Tx, before: Date, after: { endedAt: Date; id: string } | undefined, limit: number): Promise<readonly EndedCase[]>
  /** Those of the cases that ended before an instant. */
  endedAmong(tx: Tx, ids: readonly string[], before: Date): Promise<readonly EndedCase[]>
}

const BATCH = 200
/** One period: what erases, and what has ended before when. */
interface Due {
  readonly group: readonly CaseEraser[]
  readonly before: Date
  readonly batch: number
}
const DAY_MS = 86_400_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const isOfCases = (eraser: Eraser): eraser is CaseEraser => 'ofCases' in eraser

/**
 * Erases all that is due now (到期删除, R25), in batches of one transaction each: what goes, the proof of it and how far the run has come
 * stand or fall together, so a killed run goes on where it stopped and one that is repeated finds nothing.
 */
export async function runRetention(platform: Platform, erasers: readonly Eraser[], ports: RetentionPorts, batch = BATCH): Promise<void> {
  const ofCases = Map.groupBy(erasers.filter(isOfCases), periodOf)
  for (const [period, group] of ofCases) {
    const due = { group, before: new Date(platform.runtime.now() - period * DAY_MS), batch }
    while (await eraseEnded(platform, ports, period, due));
    let after: string | undefined = FIRST_ID
    while (after !== undefined) after = await eraseFreed(platform, ports, due, after)
  }
  for (const eraser of erasers) if (!isOfCases(eraser)) await runEraser(platform, eraser)
  const day = dayOf(platform)
  for (const eraser of erasers) await finishProof(platform.db, day, eraser.name, new Date(platform.runtime.now()))
}

/** Runs one eraser by age until it finds nothing more; returns how much it cleared. */
export async function runEraser(platform: Platform, eraser: AgeEraser): Promise<number> {
  const hours = eraser.hours ?? periodOf(eraser) * 24
  const before = new Date(platform.runtime.now() - hours * 3_600_000)
  let cleared = 0
  for (;;) {
    const found = await platform.transaction(async (tx) => {
      await lockErasure(tx)
      const erased = await eraser.older(tx, before, BATCH)
      await prove(platform, tx, eraser, erased)
      return erased.length
    })
    cleared += found
    if (found < BATCH) return cleared
  }
}

/** One batch of the cases that ended; false where none is left. */
function eraseEnded(platform: Platform, ports: RetentionPorts, period: number, { group, before, batch }: Due): Promise<boolean> {
  return platform.transaction(async (tx) => {
    await lockErasure(tx)
    const due = await ports.endedCases(tx, before, await findMark(tx, period), batch)
    const last = due.at(-1)
    if (!last) return false
    await eraseCases(platform, tx, group, due)
    await writeMark(tx, period, last)
    return true
  })
}

/** One batch of the cases whose holds ended; where to go on, or undefined. */
function eraseFreed(platform: Platform, ports: RetentionPorts, { group, before, batch }: Due, after: string): Promise<string | undefined> {
  return platform.transaction(async (tx) => {
    await lockErasure(tx)
    const freed = await freedCases(tx, new Date(platform.runtime.now()), after, batch)
    await eraseCases(platform, tx, group, await ports.endedAmong(tx, freed, before))
    return freed.length === batch ? freed.at(-1) : undefined
  })
}

async function eraseCases(platform: Platform, tx: Tx, group: readonly CaseEraser[], due: readonly EndedCase[]): Promise<void> {
  const held = await heldCases(
    tx,
    due.map((one) => one.id),
    new Date(platform.runtime.now()),
  )
  const cases = due.filter((one) => !held.has(one.id))
  if (cases.length === 0) return
  const [oldest] = cases.map((one) => one.endedAt).toSorted((one, other) => one.getTime() - other.getTime())
  for (const eraser of group) {
    const ids = await eraser.ofCases(tx, cases)
    await prove(
      platform,
      tx,
      eraser,
      ids.map((id) => ({ id, at: oldest ?? new Date(platform.runtime.now()) })),
    )
  }
}

/** Adds what went to the eraser's proof of the day. The digest goes over one id after another, so it is the same whatever the batches were. */
async function prove(platform: Platform, tx: Tx, eraser: Eraser, erased: readonly { id: string; at: Date }[]): Promise<void> {
  if (erased.length === 0) return
  const at = new Date(platform.runtime.now())
  const proof = await lockProof(tx, { id: newId(platform.runtime, 0), day: dayOf(platform), eraser: eraser.name, columns: eraser.columns, at })
  const oldest = Math.min(...erased.map((one) => one.at.getTime()), proof.oldestAt?.getTime() ?? Number.POSITIVE_INFINITY)
  await writeProof(tx, {
    id: proof.id,
    rows: proof.rows + erased.length,
    oldestAt: new Date(oldest),
    digest: erased.reduce((chain, one) => digest('sha256', chain, one.id), proof.digest),
  })
  await writeAudit(tx, platform.runtime, {
    districtId: 0,
    requestId: `retention ${proof.day}`,
    actor: SYSTEM,
    action: `privacy.erase.${eraser.name}`,
    objectKind: 'erasure',
    objectId: proof.id,
    outcome: 'done',
  })
}

const dayOf = (platform: Platform): string => new Date(platform.runtime.now()).toISOString().slice(0, 10)
