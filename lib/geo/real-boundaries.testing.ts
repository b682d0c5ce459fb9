import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { geometryToWgs84 } from './crs.ts'
import type { Areal } from './geometry.ts'

/** One real district, turned from GCJ-02 to WGS84. */
export interface RealDistrict {
  code6: string
  name: string
  geometry: Areal
}

interface Collection {
  features: { properties: { adcode: number; name: string }; geometry: Areal }[]
}

/** Cities whose real districts lie beside the repository when it is evaluated. */
export const REAL_CITIES = ['370400', '440600', '430900'] as const

/**
 * Reads the real districts of a city, or says why not and returns undefined when the evaluation data is absent;
 * throws instead where LINLI_REQUIRE contains `data`.
 */
export function readRealDistricts(city: string): RealDistrict[] | undefined {
  const url = new URL(`../../../shared/data/boundaries/${city}.json`, import.meta.url)
  const path = fileURLToPath(url)
  if (!existsSync(path)) {
    const reason = `real boundaries of ${city} are not at ../shared/data/boundaries`
    if ((process.env['LINLI_REQUIRE'] ?? '').split(',').includes('data')) throw new Error(reason)
    console.warn(`skipped: ${reason}`)
    return undefined
  }
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as Collection
  return features.map(({ properties, geometry }) => ({
    code6: String(properties.adcode),
    name: properties.name,
    geometry: geometryToWgs84(geometry, 'gcj02'),
  }))
}
