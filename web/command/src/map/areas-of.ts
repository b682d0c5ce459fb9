import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { places } from '@linli/contract/endpoints/places'
import type { Spot } from '@linli/web-shared/ui'

type Located = AnswerOf<typeof places.locate>

/** The question where a spot (WGS84 degrees) lies; six decimals are a decimetre. */
export function locateQuery(spot: Spot): QueryOf<typeof places.locate> {
  return { lon: spot.lon.toFixed(6), lat: spot.lat.toFixed(6) }
}

/** The areas and grids around a spot, largest first, the city left out. */
export function areasOf(found: Located | undefined): Located['above'] {
  if (!found) return []
  return [...found.above.filter((area) => area.level !== 'city'), found.basic, found.single, found.dedicated].filter((area) => area !== null)
}
