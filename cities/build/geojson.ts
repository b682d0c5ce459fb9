import { drawDistricts, type BorderNetwork } from './borders/network.ts'

export interface DistrictName {
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

/** The districts' boundaries as a GeoJSON file, one feature a line; `note` says aloud that they are invented. Throws DISTRICT_NOT_DRAWN. */
export function districtsGeoJson(borders: BorderNetwork, names: readonly DistrictName[], division: string, note: string): string {
  const rings = drawDistricts(borders)
  const features = names.map(({ code, name, nameEn }) => {
    const ring = rings.get(code)
    if (!ring) throw new Error(`DISTRICT_NOT_DRAWN ${code}`)
    return JSON.stringify({
      type: 'Feature',
      properties: { adcode: code, name, nameEn, level: 'district', parent: division },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })
  })
  return `{"type":"FeatureCollection","note":${JSON.stringify(note)},"features":[\n${features.join(',\n')}\n]}\n`
}
