import type { Areal } from '@linli/lib/geo/geometry'

export type GridKind = 'basic' | 'single' | 'dedicated'

/** A node of the area tree (区域). `path` holds the codes from the city down, joined by dots. */
export interface Area {
  readonly code: string
  readonly parentCode: string | null
  readonly path: string
  readonly level: string
  readonly gridKind: GridKind | null
  readonly name: string
  readonly areaM2: number
  readonly lon: number
  readonly lat: number
  readonly version: number
}
export interface AreaWithGeometry extends Area {
  readonly geometry: Areal
}

/** Where a point lies: the units of each kind, and the deepest area of the tree. */
export interface Located {
  readonly districtId: number
  readonly deepest: Area
  readonly basic: Area | undefined
  readonly single: Area | undefined
  readonly dedicated: Area | undefined
}
