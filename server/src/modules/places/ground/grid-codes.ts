import { Refusal } from '@linli/contract/errors'
import { boxOf } from '@linli/lib/geo/area'
import { codeOrder, FIRST_DEDICATED_SEQUENCE, gridCode, microGridCode } from '@linli/lib/geo/codes'
import { GeoError } from '@linli/lib/geo/errors'
import type { AreaWithGeometry } from '../model.ts'
import type { AreaStep } from './change.ts'

/** Gives out codes that no grid ever had, so that a code means one grid for all time; the numbers behind the last one used come first. */
export class GridCodes {
  readonly #ever: Map<string, number>
  constructor(ever: ReadonlyMap<string, number>) {
    this.#ever = new Map(ever)
  }

  /** The code asked for, or the next of a community; AREA_CODE_TAKEN for one that was ever used or belongs elsewhere. */
  take(community: string, asked: string | undefined, pointer: string): string {
    const code = asked ?? this.#next(community, pointer)
    if (asked !== undefined && (this.#ever.has(asked) || !asked.startsWith(community) || Number(asked.slice(12)) >= FIRST_DEDICATED_SEQUENCE))
      throw new Refusal('AREA_CODE_TAKEN', [{ pointer, code: 'AREA_CODE_TAKEN', detail: asked }])
    this.#ever.set(code, 0)
    return code
  }

  /** The next code of a single-person grid below a basic one, behind all that were ever used there. */
  takeMicro(grid: string, pointer: string): string {
    const last = Math.max(0, ...[...this.#ever.keys()].filter((code) => code.length === 17 && code.startsWith(grid)).map((code) => Number(code.slice(15))))
    const code = microCode(grid, last + 1, pointer)
    this.#ever.set(code, 0)
    return code
  }

  /** The version that a code gets when it stands (again). */
  versionOf(code: string): number {
    return (this.#ever.get(code) ?? 0) + 1
  }

  #next(community: string, pointer: string): string {
    const used = new Set([...this.#ever.keys()].filter((code) => code.length === 15 && code.startsWith(community)).map((code) => Number(code.slice(12))))
    const last = Math.max(0, ...[...used].filter((sequence) => sequence < FIRST_DEDICATED_SEQUENCE))
    const free = (sequence: number) => sequence > 0 && sequence < FIRST_DEDICATED_SEQUENCE && !used.has(sequence)
    const sequence = free(last + 1) ? last + 1 : Array.from({ length: FIRST_DEDICATED_SEQUENCE }, (_, index) => index).find(free)
    if (sequence === undefined) throw new Refusal('GRID_COUNT_INVALID', [{ pointer, code: 'GEO_CODE_EXHAUSTED', detail: community }])
    return gridCode(community, sequence)
  }
}

/** Single-person grids under a new basic grid: numbered anew in the order of codes; the old ones end and name their successor. */
export function renumberSingles(singles: readonly AreaWithGeometry[], parent: AreaWithGeometry, codes: GridCodes, pointer: string): AreaStep[] {
  const order = codeOrder(singles.map((single) => ({ box: boxOf(single.geometry), point: [single.lon, single.lat] })))
  return order.flatMap((index, n): AreaStep[] => {
    const before = singles[index]
    if (!before) return []
    const code = microCode(parent.code, n + 1, pointer)
    const after = { ...before, code, parentCode: parent.code, path: `${parent.path}.${code}`, version: codes.versionOf(code) }
    return [
      { before, after: undefined, successors: [code] },
      { before: undefined, after, successors: [] },
    ]
  })
}

function microCode(grid: string, sequence: number, pointer: string): string {
  try {
    return microGridCode(grid, sequence)
  } catch (error) {
    if (!(error instanceof GeoError)) throw error
    throw new Refusal('GRID_COUNT_INVALID', [{ pointer, code: error.code, detail: grid }])
  }
}
