import type { Crs } from '@linli/lib/geo/crs'
import type { Areal } from '@linli/lib/geo/geometry'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { Atlas } from './atlas.ts'
import type { Area, Located } from './model.ts'
import { settleGround } from './ground/apply.ts'
import type { GroundChange } from './ground/change.ts'
import type { Carried, GroundFollower, PlacesPorts } from './ports.ts'
import { place, type Placed } from './position.ts'
import { placesRoutes } from './routes.ts'
import { seedPlaces } from './seed.ts'
import { findComponent } from './store.ts'

/** The door of `places`: where a point lies, and what an area is called. */
export interface Places {
  readonly registration: Registration
  findArea(code: string): Area | undefined
  /** The boundary of an area that stands now (WGS84). */
  boundaryOf(code: string): Areal | undefined
  childrenOf(code: string | null): readonly Area[]
  /** Areas at or below a path that stand now. */
  areasBelow(path: string): readonly Area[]
  districtIdOf(path: string): number
  namesOf(path: string): string[]
  /** Converts and locates; throws POSITION_SWAPPED or POSITION_OUTSIDE_CITY at the pointer. */
  place(position: { readonly lon: number; readonly lat: number; readonly crs: Crs }, pointer: string): Placed
  /** The units at a WGS84 point; undefined outside the city. */
  locate(lon: number, lat: number): Located | undefined
  /** Where a component stands; undefined for an unknown code. */
  findComponent(code: string): Promise<{ lon: number; lat: number } | undefined>
  /** West, south, east, north of the districts. */
  bbox(): [number, number, number, number]
  counts(): { districts: number; streets: number; communities: number; basic: number; single: number; dedicated: number }
  refresh(): Promise<void>
  seed(tx: Tx): Promise<void>
}

export function createPlaces(platform: Platform, ports: PlacesPorts): Places {
  const atlas = new Atlas()
  return {
    registration: {
      name: 'places',
      routes: placesRoutes({ platform, atlas, ports }),
      pumps: [{ name: 'places.settle', everyMs: 10_000, work: () => settleGround({ platform, ports }) }],
    },
    findArea: (code) => atlas.find(code),
    boundaryOf: (code) => atlas.find(code)?.geometry,
    childrenOf: (code) => atlas.childrenOf(code),
    areasBelow: (path) => atlas.areas.filter((area) => area.path === path || area.path.startsWith(`${path}.`)),
    districtIdOf: (path) => atlas.districtIdOf(path),
    namesOf: (path) => atlas.namesOf(path),
    place: (position, pointer) => place(atlas, position, pointer),
    locate: (lon, lat) => atlas.locate(lon, lat),
    findComponent: (code) => findComponent(platform.db, code),
    bbox: () => atlas.bbox(),
    counts: () => atlas.counts(),
    refresh: () => atlas.refresh(platform.db),
    seed: (tx) => seedPlaces(platform, tx),
  }
}
export type { Area, Carried, GroundChange, GroundFollower, Located, Placed, PlacesPorts }
