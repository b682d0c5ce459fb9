import { places } from '@linli/contract/endpoints/places'
import { client } from '../api.ts'
import { keep, readKept, type Component } from '../store/db.ts'

const MOST_KEPT = 12
const METRES_PER_DEGREE = 111_195

/** Metres between two points near each other (WGS84), good enough to sort by. */
export function metresBetween(one: { readonly lon: number; readonly lat: number }, other: { readonly lon: number; readonly lat: number }): number {
  const squeeze = Math.cos((one.lat * Math.PI) / 180)
  return Math.hypot((one.lon - other.lon) * squeeze, one.lat - other.lat) * METRES_PER_DEGREE
}

/** The components of a grid (附近部件): those of the server, or those that were kept when there last was a network. */
export async function componentsOf(gridCode: string): Promise<readonly Component[]> {
  const kept = (await readKept('components')) ?? {}
  try {
    const { rows } = await client.call(places.listComponents, { query: { area: gridCode, limit: '200' } })
    const found = rows.map(({ code, name, typeCode, position }) => ({ code, name, typeCode, lon: position.lon, lat: position.lat }))
    await keep('components', Object.fromEntries([...Object.entries(kept).filter(([code]) => code !== gridCode), [gridCode, found] as const].slice(-MOST_KEPT)))
    return found
  } catch {
    return kept[gridCode] ?? []
  }
}
