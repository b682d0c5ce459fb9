/** 2^27 + 1: splits a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134_217_729

/** Above this share of |ab| + |cd| the rounded difference has the right sign (Shewchuk 1997, errbound A). */
const SAFE = 3.330_669_073_875_471_6e-16

/** Rounding error of the product `a × b` rounded to `p`: a × b = p + error exactly. */
function productError(a: number, b: number, p: number): number {
  const aBig = SPLITTER * a
  const aHigh = aBig - (aBig - a)
  const aLow = a - aHigh
  const bBig = SPLITTER * b
  const bHigh = bBig - (bBig - b)
  const bLow = b - bHigh
  return aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

/** Returns a number with the exact sign of a × b − c × d, for finite doubles far from under- and overflow. */
export function crossSign(a: number, b: number, c: number, d: number): number {
  const p = a * b
  const q = c * d
  const rough = p - q
  const sum = Math.abs(p) + Math.abs(q)
  if (Math.abs(rough) > SAFE * sum || sum === 0) return rough
  // p and q are now within a factor of two, so `rough` is exact and the errors decide.
  const pError = productError(a, b, p)
  const qError = productError(c, d, q)
  const high = pError - qError
  const carried = rough + high
  if (carried !== 0) return carried
  const virtual = pError - high
  return pError - (high + virtual) + (virtual - qError)
}

/**
 * Returns > 0 when c lies left of a→b, < 0 when right, 0 when exactly on the line.
 *
 * Exact when the differences are: integers, and degrees that lie within a factor of two of each other
 * (Sterbenz), which holds for any two positions of one city in China.
 */
export function orient(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return crossSign(ax - cx, by - cy, ay - cy, bx - cx)
}
