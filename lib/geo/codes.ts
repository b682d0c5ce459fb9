import { GeoError } from './errors.ts'
import type { Box } from './geometry.ts'

/** What the order of codes looks at: the box and the representative point of a unit, WGS84 degrees. */
export interface Placed {
  box: Box
  point: readonly number[]
}

/** Dedicated grids (专属网格) of a community are numbered from here up, so that new basic grids keep their run. */
export const FIRST_DEDICATED_SEQUENCE = 601

/**
 * Returns the indexes of siblings in the order of their codes: west to east, then north to south (自西向东、自北向南).
 *
 * GB/T 30428.1 gives the direction but no rule for cells that do not lie in rows; ours: rows are bands as high as the
 * median height of the siblings' boxes, counted south from the northernmost edge of all; a unit belongs to the band
 * that its point lies in; within a band the more western point comes first, then the more northern, then the earlier.
 */
export function codeOrder(units: readonly Placed[]): number[] {
  const heights = units.map(({ box }) => box[3] - box[1]).sort((a, b) => a - b)
  const band = heights[heights.length >> 1] ?? 0
  const north = units.reduce((top, { box }) => Math.max(top, box[3]), -Infinity)
  const row = ({ point }: Placed) => (band > 0 ? Math.floor((north - point[1]!) / band) : 0)
  return units
    .map((unit, index) => ({ index, row: row(unit), lon: unit.point[0]!, lat: unit.point[1]! }))
    .sort((a, b) => a.row - b.row || a.lon - b.lon || b.lat - a.lat || a.index - b.index)
    .map(({ index }) => index)
}

function append(parent: string, length: number, sequence: number, digits: number): string {
  if (parent.length !== length || !/^\d+$/.test(parent)) {
    throw new GeoError('GEO_CODE_MALFORMED', { parent, digits: length })
  }
  if (!Number.isInteger(sequence) || sequence < 1 || sequence >= 10 ** digits) {
    throw new GeoError('GEO_CODE_EXHAUSTED', { parent, sequence, most: 10 ** digits - 1 })
  }
  return parent + String(sequence).padStart(digits, '0')
}

/** 12-digit code of a street or town (街道): 6-digit county division + 3 + `000`; refuses a sequence above 999. */
export function streetCode(division: string, sequence: number): string {
  return `${append(division, 6, sequence, 3)}000`
}

/** 12-digit code of a community or village (社区): the street's first 9 digits + 3; refuses a sequence above 999. */
export function communityCode(street: string, sequence: number): string {
  if (street.length !== 12) throw new GeoError('GEO_CODE_MALFORMED', { parent: street, digits: 12 })
  return append(street.slice(0, 9), 9, sequence, 3)
}

/** 15-digit unit code of a grid (网格): community + 3 (GB/T 30428.1: 6 + 3 + 3 + 3); refuses a sequence above 999. */
export function gridCode(community: string, sequence: number): string {
  return append(community, 12, sequence, 3)
}

/** 17-digit code of a single-person grid (一人一格, 微网格): its basic grid + 2; refuses a sequence above 99. */
export function microGridCode(grid: string, sequence: number): string {
  return append(grid, 15, sequence, 2)
}
