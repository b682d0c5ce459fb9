import type { CHANGE_KINDS } from '@linli/contract/endpoints/places'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { Atlas } from '../atlas.ts'
import type { AreaWithGeometry } from '../model.ts'

export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** One area before and after; the side that does not exist is undefined. `successors` take over the ground of one that ends. */
export interface AreaStep {
  readonly before: AreaWithGeometry | undefined
  readonly after: AreaWithGeometry | undefined
  readonly successors: readonly string[]
}

/** A change of the ground (辖区调整) as planned: nothing is written yet. */
export interface GroundPlan {
  readonly kind: ChangeKind
  readonly steps: readonly AreaStep[]
  readonly undoes: string | null
}

/** A change of the ground as those see it who follow it. */
export interface GroundChange {
  readonly id: string
  readonly kind: ChangeKind
  readonly at: Date
  readonly reason: string
  readonly actor: Actor
  readonly requestId: string
  /** The change that this one undoes. */
  readonly undoes: string | null
  readonly areas: readonly ChangedArea[]
  /** Paths at or below which everything lies that may have to move; none lies below another. */
  readonly scopePaths: readonly string[]
  /** Where a WGS84 point lies by the ground as it will be; undefined outside the city. */
  place(lon: number, lat: number): { readonly districtId: number; readonly areaPath: string; readonly gridCode: string | null } | undefined
  /** The path, by the ground as it will be, of something that has no position and stood at this path. */
  pathAfter(path: string): string
}
export interface ChangedArea {
  readonly code: string
  readonly level: string
  readonly gridKind: string | null
  readonly pathBefore: string | null
  readonly pathAfter: string | null
  readonly successors: readonly string[]
}

const parentPath = (path: string) => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : path)

/** The parents of all that changes, without those that lie below another: ground may change hands inside them. */
export function scopesOf(areas: readonly ChangedArea[]): string[] {
  const parents = [...new Set(areas.flatMap((area) => [area.pathBefore, area.pathAfter].filter((path) => path !== null)).map(parentPath))].sort()
  const scopes: string[] = []
  for (const path of parents) if (!scopes.some((scope) => path === scope || path.startsWith(`${scope}.`))) scopes.push(path)
  return scopes
}

/** The path of a thing without a position once its area has ended: the only successor, else the nearest area above that still stands. */
export function pathAfterOf(after: Pick<Atlas, 'find'>, successors: ReadonlyMap<string, readonly string[]>, path: string): string {
  const codes = path.split('.')
  for (let at = codes.length - 1; at >= 0; at -= 1) {
    const code = codes[at] ?? ''
    const standing = after.find(code)
    if (standing) return standing.path
    const [only, ...others] = successors.get(code) ?? []
    const successor = only !== undefined && others.length === 0 ? after.find(only) : undefined
    if (successor) return successor.path
  }
  return path
}

/** The area tree with a plan's steps taken. */
export function stepsTaken(areas: readonly AreaWithGeometry[], steps: readonly AreaStep[]): AreaWithGeometry[] {
  const touched = new Set(steps.flatMap((step) => [step.before?.code, step.after?.code]).filter((code) => code !== undefined))
  const kept = areas.filter((area) => !touched.has(area.code))
  const made = steps.map((step) => step.after).filter((area) => area !== undefined)
  return [...kept, ...made].toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** What followers are told of each step. */
export function changedAreas(steps: readonly AreaStep[]): ChangedArea[] {
  return steps.map(({ before, after, successors }) => {
    const area = after ?? before
    if (!area) throw new Error('STEP_EMPTY')
    return {
      code: area.code,
      level: area.level,
      gridKind: area.gridKind,
      pathBefore: before?.path ?? null,
      pathAfter: after?.path ?? null,
      successors: [...successors],
    }
  })
}
