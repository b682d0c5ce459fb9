export interface Geometry {
  readonly type: string
  readonly coordinates: readonly unknown[]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** The geometry in pasted GeoJSON: itself, of a feature, or of the only feature of a collection; undefined where it cannot be read. */
export function readGeometry(text: string): Geometry | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (isRecord(value) && Array.isArray(value['features']) && value['features'].length === 1) [value] = value['features']
  if (isRecord(value) && value['type'] === 'Feature') value = value['geometry']
  if (!isRecord(value) || typeof value['type'] !== 'string' || !Array.isArray(value['coordinates'])) return undefined
  return { type: value['type'], coordinates: value['coordinates'] }
}
