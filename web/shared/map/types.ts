/** West, south, east, north in degrees (WGS84). */
export type Box = readonly [number, number, number, number]

/** A case on the map (案件点): where it is and how it stands; no words of anybody. */
export interface Pin {
  readonly id: string
  readonly number: string
  readonly step: string
  readonly state: string
  readonly overdue: boolean
  readonly lon: number
  readonly lat: number
  readonly matterName: string | null
}

/** A name to write on the map. */
export interface AreaLabel {
  readonly code: string
  readonly name: string
  readonly level: string
  readonly lon: number
  readonly lat: number
}

/** A place with a letter on it, to be told from others. */
export interface MapMark {
  readonly lon: number
  readonly lat: number
  readonly text: string
}

/** Room that panels take away from the map, in CSS pixels. */
export interface Inset {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** Where the map shall go. */
export type MapTarget = 'city' | { readonly box: Box } | { readonly lon: number; readonly lat: number }

export interface MapLayers {
  readonly grids: boolean
  readonly dedicated: boolean
}

/** What the map tells its screen. */
export interface MapEvents {
  onPin(id: string): void
  onPoint(lon: number, lat: number): void
  /** The box in view, without the parts under panels. */
  onView(box: Box): void
  onHover(hover: { readonly pin: Pin; readonly x: number; readonly y: number } | undefined): void
}
