import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Queryable, Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { Atlas } from '../atlas.ts'
import type { GroundFollower, PlacesPorts } from '../ports.ts'
import { endAreas, putAreas } from '../store.ts'
import { changedAreas, pathAfterOf, scopesOf, stepsTaken, type GroundChange, type GroundPlan } from './change.ts'
import { componentFollower } from './components.ts'
import { fitsOf } from './fits.ts'
import { reportOf, type Fit, type Followed, type Report } from './report.ts'
import { insertChange, listUnsettled, lockGround, markSettled, readStandingVersions } from './store.ts'

/** What every change of the ground needs to know: where the ground is, who follows it, who asks. */
export interface Ground {
  readonly platform: Platform
  readonly atlas: Atlas
  readonly ports: PlacesPorts
}
export interface Asked {
  readonly reason: string
  readonly actor: Actor
  readonly requestId: string
}
/** `hook` runs last in the transaction, so that an answer can be remembered with the act. */
export interface ApplyOptions extends Asked {
  readonly acceptFaults: boolean
  /** A city is divided and imported whole; its seams are reported by those commands themselves. */
  readonly fits: 'check' | 'skip'
  readonly action: string
  hook?(tx: Tx, applied: Applied): Promise<void>
}
export interface Applied {
  readonly id: string
  readonly report: Report
}

/** What a plan would do, by the same rules by which it is applied; reads only. */
export async function previewGround(ground: Ground, plan: GroundPlan, asked: Asked): Promise<Report> {
  const { change, after } = prepared(ground, plan, asked)
  const followed: Followed[] = []
  for (const follower of followersOf(ground)) {
    const [before, carried] = [await follower.count(ground.platform.db), await follower.preview(ground.platform.db, change)]
    followed.push({ what: follower.what, before, after: before - lost(carried), carried })
  }
  return reportOf(plan.steps, fitsOf(after, plan.steps), followed)
}

/**
 * Applies a plan whole or not at all: versions close and begin, everything follows, the report is stored, one audit line is written, and
 * the tree in memory is read again. Throws AREA_STALE, BOUNDARY_FAULTY and GROUND_COUNT_DIFFERS.
 */
export async function applyGround(ground: Ground, plan: GroundPlan, options: ApplyOptions): Promise<Applied> {
  const { platform, atlas } = ground
  const { change, after } = prepared(ground, plan, options)
  const fits = options.fits === 'check' ? fitsOf(after, plan.steps) : []
  if (!options.acceptFaults) refuseFaults(fits)
  const applied = await platform.transaction(async (tx) => {
    await lockGround(tx)
    await refuseStale(tx, plan)
    const ended = plan.steps.flatMap((step) => (step.before && !step.after ? [step.before.code] : []))
    await endAreas(tx, ended, change.at)
    await putAreas(
      tx,
      plan.steps.flatMap((step) => step.after ?? []),
      change.at,
      change.id,
    )
    const followed = await carryAll(tx, followersOf(ground), change)
    // A division or an import renews the whole tree: its areas are in their own histories, and the report keeps what moved.
    const whole = reportOf(plan.steps, fits, followed)
    const report = options.fits === 'check' ? whole : { ...whole, areas: [], moved: whole.moved.filter((row) => row.what !== 'area') }
    await storeChange(tx, plan, change, report)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: options.requestId,
      actor: options.actor,
      action: options.action,
      outcome: 'done',
      objectKind: 'area-change',
      objectId: change.id,
    })
    await options.hook?.(tx, { id: change.id, report })
    return { id: change.id, report }
  })
  await atlas.refresh(platform.db)
  await settleGround(ground).catch((error: unknown) => platform.log.error({ change: applied.id, error: String(error) }, 'a change of areas is not settled yet'))
  return applied
}

/** Does what had to wait for the commit of each change (案件随网格调整), and marks it settled; returns how many changes it settled. */
export async function settleGround({ platform, ports }: Pick<Ground, 'platform' | 'ports'>): Promise<number> {
  let settled = 0
  for (const { id, scopePaths } of await listUnsettled(platform.db)) {
    for (const follower of ports.followers) await follower.settle?.(scopePaths)
    if (await markSettled(platform.db, id, new Date(platform.runtime.now()))) settled += 1
  }
  return settled
}

function prepared(ground: Ground, plan: GroundPlan, asked: Asked): { change: GroundChange; after: Atlas } {
  const { platform, atlas } = ground
  const after = atlas.with(stepsTaken(atlas.areas, plan.steps))
  const areas = changedAreas(plan.steps)
  const successors = new Map(areas.map((area) => [area.code, area.successors]))
  return {
    after,
    change: {
      id: newId(platform.runtime, 0),
      kind: plan.kind,
      at: new Date(platform.runtime.now()),
      reason: asked.reason,
      actor: asked.actor,
      requestId: asked.requestId,
      undoes: plan.undoes,
      areas,
      scopePaths: scopesOf(areas),
      place: (lon, lat) => {
        const located = after.locate(lon, lat)
        return located && { districtId: located.districtId, areaPath: located.deepest.path, gridCode: located.basic?.code ?? null }
      },
      pathAfter: (path) => pathAfterOf(after, successors, path),
    },
  }
}

const followersOf = (ground: Ground): readonly GroundFollower[] => [componentFollower(ground.platform.city.city.division), ...ground.ports.followers]
const lost = (carried: Followed['carried']) => carried.filter((row) => row.to === null).reduce((sum, row) => sum + row.count, 0)

async function carryAll(tx: Tx, followers: readonly GroundFollower[], change: GroundChange): Promise<Followed[]> {
  const followed: Followed[] = []
  for (const follower of followers) {
    const before = await follower.count(tx)
    const carried = await follower.carry(tx, change)
    followed.push({ what: follower.what, before, after: await follower.count(tx), carried })
  }
  const wrong = followed.filter((row) => row.before !== row.after || lost(row.carried) > 0)
  if (wrong.length > 0)
    throw new Refusal(
      'GROUND_COUNT_DIFFERS',
      wrong.map((row) => ({ pointer: '/body', code: row.what, detail: `${row.before} → ${row.after - lost(row.carried)}` })),
    )
  return followed
}

async function refuseStale(db: Queryable, plan: GroundPlan): Promise<void> {
  const codes = plan.steps.flatMap((step) => (step.before ?? step.after)?.code ?? [])
  const standing = await readStandingVersions(db, codes)
  for (const { before, after } of plan.steps) {
    const code = (before ?? after)?.code ?? ''
    if (standing.get(code) !== before?.version) throw new Refusal('AREA_STALE', [{ pointer: '/body', code: 'AREA_STALE', detail: code }])
  }
}

function refuseFaults(fits: readonly Fit[]): void {
  const faults = fits.flatMap((fit) => [
    ...fit.gaps.map((gap) => ({
      pointer: '/body',
      code: 'GAP',
      detail: `${fit.kind} ${fit.parentCode} ${Math.round(gap.areaM2)} m² @ ${gap.at.lon}, ${gap.at.lat}`,
    })),
    ...fit.overlaps.map((overlap) => ({
      pointer: '/body',
      code: 'OVERLAP',
      detail: `${fit.kind} ${overlap.codes.join(' × ')} ${Math.round(overlap.areaM2)} m²`,
    })),
  ])
  if (faults.length > 0) throw new Refusal('BOUNDARY_FAULTY', faults.slice(0, 50))
}

async function storeChange(tx: Tx, plan: GroundPlan, change: GroundChange, report: Report): Promise<void> {
  const person = change.actor.kind === 'person' ? change.actor : undefined
  await insertChange(
    tx,
    {
      id: change.id,
      kind: change.kind,
      at: change.at,
      reason: change.reason,
      personId: person?.personId ?? null,
      postTitle: person?.postTitle ?? null,
      unitName: person?.unitName ?? null,
      undoes: change.undoes,
      areas: plan.steps.length,
      moving: report.totals.reduce((sum, row) => sum + row.moving, 0),
      report,
      scopePaths: change.scopePaths,
    },
    plan.steps.map((step) => ({
      code: (step.before ?? step.after)?.code ?? '',
      beforeVersion: step.before?.version ?? null,
      afterVersion: step.after?.version ?? null,
      successors: [...step.successors],
    })),
  )
}
