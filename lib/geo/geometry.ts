/** A position as GeoJSON writes it: [longitude, latitude] in degrees. */
export type Position = number[]

/** A closed ring of positions: the last equals the first. */
export type Ring = Position[]

export interface PolygonGeometry {
  type: 'Polygon'
  coordinates: Ring[]
}

export interface MultiPolygonGeometry {
  type: 'MultiPolygon'
  coordinates: Ring[][]
}

/** The extent of a place (范围): GeoJSON Polygon or MultiPolygon (RFC 7946 §3.1.6–7), WGS84 unless said otherwise. */
export type Areal = PolygonGeometry | MultiPolygonGeometry

/** [west, south, east, north] in degrees, or in lattice steps where the function says so. */
export type Box = [number, number, number, number]

/** Returns the polygons of a geometry, each as its rings, outer ring first. */
export function polygonsOf(geometry: Areal): Ring[][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** Wraps polygons as the plainest GeoJSON that holds them: one is a Polygon, several are a MultiPolygon. */
export function arealOf(polygons: Ring[][]): Areal {
  const [only] = polygons
  return only && polygons.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons }
}

/** Returns a geometry of the same shape whose every position went through `move`. */
export function mapPositions(geometry: Areal, move: (position: Position) => Position): Areal {
  const mapRings = (rings: Ring[]) => rings.map((ring) => ring.map(move))
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: mapRings(geometry.coordinates) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map(mapRings) }
}
