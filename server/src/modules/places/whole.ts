import { areaM2, boxOf } from '@linli/lib/geo/area'
import type { Areal } from '@linli/lib/geo/geometry'

/** A city as its districts together: their parts, their area in m² and the middle of their box (WGS84); empty where there are none yet. */
export function wholeOf(districts: readonly Areal[]): { geometry: Areal; areaM2: number; lon: number; lat: number } {
  const geometry: Areal = {
    type: 'MultiPolygon',
    coordinates: districts.flatMap((district) => (district.type === 'Polygon' ? [district.coordinates] : district.coordinates)),
  }
  if (districts.length === 0) return { geometry, areaM2: 0, lon: 0, lat: 0 }
  const [west, south, east, north] = boxOf(geometry)
  return { geometry, areaM2: areaM2(geometry), lon: (west + east) / 2, lat: (south + north) / 2 }
}
