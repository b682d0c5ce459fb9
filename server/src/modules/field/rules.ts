/** How long a shift runs before it ends by itself: a day's work with overtime, and no night of a forgotten telephone. */
export const LONGEST_SHIFT_MS = 14 * 3_600_000
/** How far the clock of a telephone may run ahead. */
const AHEAD_MS = 5 * 60_000
/** About ten metres. */
const PLACES = 1e4
/** How long a position says where somebody is. */
export const FRESH_MS = 30 * 60_000

/** When a shift begins or ends (epoch ms): as the telephone says, never ahead; undefined where that lies further back than a shift can. */
export function countsAt(madeAt: number, receivedAt: number): number | undefined {
  if (madeAt > receivedAt + AHEAD_MS || madeAt < receivedAt - LONGEST_SHIFT_MS) return undefined
  return Math.min(madeAt, receivedAt)
}

/** Whether an instant (epoch ms) lies inside a shift and not ahead of now: outside it nobody's position is anybody's business (rights, extra guards). */
export function isInside(shift: { readonly startedAt: number; readonly endsAt: number; readonly endedAt: number | null }, at: number, now: number): boolean {
  return at >= shift.startedAt && at <= Math.min(shift.endedAt ?? shift.endsAt, now + AHEAD_MS)
}

/** A degree as it is kept, rounded to about ten metres. */
export const rounded = (degrees: number): number => Math.round(degrees * PLACES) / PLACES
