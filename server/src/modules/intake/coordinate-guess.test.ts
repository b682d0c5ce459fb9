import { fromWgs84 } from '@linli/lib/geo/crs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubtOf, refuseDoubt } from './coordinate-guess.ts'

const TRUE = { lon: 117.3237, lat: 34.8104 }
const [lon, lat] = fromWgs84(TRUE.lon, TRUE.lat, 'gcj02')
const SENT = { lon, lat, crs: 'wgs84' } as const
const everywhere = () => true
const nowhere = () => false
const near = (point: { lon: number; lat: number }) => Math.hypot(point.lon - TRUE.lon, point.lat - TRUE.lat) < 0.0005

describe('a position that may be in another system', () => {
  it('is doubted where only its other reading lies in the city', () => {
    const doubt = doubtOf(SENT, [], near)
    expect(doubt).toMatchObject({ basis: 'city', asWgs84: { lon, lat } })
    expect(doubt?.asGcj02.lon).toBeCloseTo(TRUE.lon, 7)
  })

  it.each(['photo', 'component'] as const)('is doubted where a %s stands by its other reading and far from this one', (kind) => {
    const doubt = doubtOf(SENT, [{ ...TRUE, kind }], everywhere)
    expect(doubt?.basis).toBe(kind)
    expect(doubt?.metres?.gcj02).toBeLessThan(1)
    expect(doubt?.metres?.wgs84).toBeGreaterThan(100)
  })

  it('is not doubted where the witness stands by it, or by neither reading', () => {
    expect(doubtOf(SENT, [{ lon, lat, kind: 'photo' }], everywhere)).toBeUndefined()
    expect(doubtOf(SENT, [{ lon: TRUE.lon + 0.01, lat: TRUE.lat, kind: 'photo' }], everywhere)).toBeUndefined()
    expect(doubtOf(SENT, [], everywhere)).toBeUndefined()
    expect(doubtOf(SENT, [], nowhere)).toBeUndefined()
  })

  it.each(['gcj02', 'cgcs2000'] as const)('is not doubted where it is said to be %s', (crs) => {
    expect(doubtOf({ lon, lat, crs }, [{ ...TRUE, kind: 'photo' }], near)).toBeUndefined()
  })

  it('is not doubted where domestic maps shift nothing', () => {
    expect(doubtOf({ lon: 4.9, lat: 52.37, crs: 'wgs84' }, [{ lon: 4.9, lat: 52.37, kind: 'photo' }], nowhere)).toBeUndefined()
  })

  it('is never doubted where it is right and a photo within 30 metres says so', () => {
    const offset = fc.double({ min: -0.00018, max: 0.00018, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 100, max: 120, noNaN: true }), fc.double({ min: 25, max: 40, noNaN: true }), offset, offset, (x, y, dx, dy) => {
        expect(doubtOf({ lon: x, lat: y, crs: 'wgs84' }, [{ lon: x + dx, lat: y + dy, kind: 'photo' }], everywhere)).toBeUndefined()
      }),
    )
  })

  it('is asked about with both readings, and nothing where there is no doubt', () => {
    expect(() => refuseDoubt(undefined)).not.toThrow()
    expect(() => refuseDoubt(doubtOf(SENT, [{ ...TRUE, kind: 'photo' }], everywhere))).toThrow(
      expect.objectContaining({ code: 'POSITION_SYSTEM_DOUBTFUL', extra: expect.objectContaining({ basis: 'photo', asWgs84Lon: lon, metresGcj02: 0 }) }),
    )
  })
})
