import { describe, expect, it } from 'vitest'
import { areaM2 } from './area.ts'
import { reportCoverage } from './coverage.ts'
import type { Areal } from './geometry.ts'
import { polygonsOf } from './geometry.ts'
import { unionOf } from './union.ts'

const square = (x: number, y: number, side = 1): Areal => ({
  type: 'Polygon',
  coordinates: [
    [
      [113 + x / 100, 32 + y / 100],
      [113 + (x + side) / 100, 32 + y / 100],
      [113 + (x + side) / 100, 32 + (y + side) / 100],
      [113 + x / 100, 32 + (y + side) / 100],
      [113 + x / 100, 32 + y / 100],
    ],
  ],
})

describe('a union of adjoining cells', () => {
  it('is one ring on the same ground, which its parts fill without gap or overlap', () => {
    const cells = [square(0, 0), square(1, 0), square(0, 1), square(1, 1)]
    const whole = unionOf(cells)
    expect(polygonsOf(whole)).toHaveLength(1)
    expect(polygonsOf(whole)[0]).toHaveLength(1)
    expect(areaM2(whole)).toBeCloseTo(
      cells.reduce((sum, cell) => sum + areaM2(cell), 0),
      3,
    )
    expect(
      reportCoverage(
        whole,
        cells.map((geometry, index) => ({ id: String(index), geometry })),
      ),
    ).toEqual({ exact: true, gaps: [], overlaps: [] })
  })

  it('keeps a court that none of the cells covers', () => {
    const ring = [0, 1, 2].flatMap((x) => [0, 1, 2].filter((y) => x !== 1 || y !== 1).map((y) => square(x, y)))
    expect(polygonsOf(unionOf(ring))[0]).toHaveLength(2)
  })

  it('joins a long side with two short ones', () => {
    expect(polygonsOf(unionOf([square(0, 0, 2), square(2, 0), square(2, 1)]))[0]).toHaveLength(1)
  })

  it('has several parts where cells lie apart', () => {
    expect(polygonsOf(unionOf([square(0, 0), square(5, 5)]))).toHaveLength(2)
  })

  it('refuses cells that cover ground twice', () => {
    expect(() => unionOf([square(0, 0, 2), square(1, 1, 2)])).toThrow(expect.objectContaining({ code: 'GEO_BOUNDARIES_OVERLAP' }) as Error)
  })
})
