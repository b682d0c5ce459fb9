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
  readonly parentCode: string | null
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

/** What is drawn; what is not named is not, but for the cases themselves. */
export interface MapLayers {
  readonly grids: boolean
  readonly dedicated: boolean
  readonly cases?: boolean
  /** Where open cases lie close together (热力). */
  readonly heat?: boolean
  /** City components (部件), counted by cell or one by one. */
  readonly components?: boolean
  /** How many are on shift (在岗), as counts by area. */
  readonly workers?: boolean
}

/** How many are on shift in an area, and in how many of its grids nobody is. */
export interface WorkerCount {
  readonly code: string
  readonly level: string
  readonly lon: number
  readonly lat: number
  readonly onShift: number
  readonly uncovered: number
}

/** A style from elsewhere below ours (底图), and the coordinate system it is drawn in. */
export interface BaseMap {
  readonly style: string
  readonly crs: string
}

/** What the map tells its screen. */
export interface MapEvents {
  onPin(id: string): void
  onPoint(lon: number, lat: number): void
  /** The box in view, without the parts under panels. */
  onView(box: Box): void
  onHover(hover: { readonly pin: Pin; readonly x: number; readonly y: number } | undefined): void
}
