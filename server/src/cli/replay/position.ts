import { isRounded } from '@linli/lib/geo/rounded'

/** What a row's coordinates are good for. */
export type PositionUse = 'usable' | 'rounded' | 'missing'

export interface LonLat {
  readonly lon: number
  readonly lat: number
}

/** The coordinates of two cells: undefined where both are empty or both zero, 'invalid' where one is no number. */
export function readPosition(lon: string, lat: string): LonLat | undefined | 'invalid' {
  const [x, y] = [lon.trim(), lat.trim()]
  if (x === '' && y === '') return undefined
  const position = { lon: Number(x), lat: Number(y) }
  if (x === '' || y === '' || !Number.isFinite(position.lon) || !Number.isFinite(position.lat)) return 'invalid'
  // The point off the African coast is how many systems write "not known".
  return position.lon === 0 && position.lat === 0 ? undefined : position
}

/** Tells a place one can go to from a rounded one, which the filing fact `position.rounded` sends to a person. */
export function useOf(position: LonLat | undefined): PositionUse {
  if (!position) return 'missing'
  return isRounded(position) ? 'rounded' : 'usable'
}
