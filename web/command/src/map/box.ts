import type { Box } from '@linli/web-shared/map'

/** A box that is larger by a share of its sides and rounded outwards, so that small moves of the map ask nothing new. */
export function roomyBox([west, south, east, north]: Box, share = 0.25): Box {
  const [dx, dy] = [(east - west) * share, (north - south) * share]
  const down = (value: number) => Math.floor(value * 50) / 50
  const up = (value: number) => Math.ceil(value * 50) / 50
  return [Math.max(-180, down(west - dx)), Math.max(-90, down(south - dy)), Math.min(180, up(east + dx)), Math.min(90, up(north + dy))]
}

export function contains([west, south, east, north]: Box, lon: number, lat: number): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north
}

/** The smallest box around a GeoJSON geometry's coordinates, however deeply they are nested; undefined where there are none. */
export function boxOfCoordinates(coordinates: unknown): Box | undefined {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    const [lon, lat]: unknown[] = value
    if (typeof lon === 'number' && typeof lat === 'number') {
      box[0] = Math.min(box[0], lon)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lon)
      box[3] = Math.max(box[3], lat)
    } else for (const item of value) visit(item)
  }
  visit(coordinates)
  return Number.isFinite(box[0]) ? box : undefined
}
