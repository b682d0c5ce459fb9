import type { Crs } from '@linli/lib/geo/crs'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { Atlas } from './atlas.ts'
import type { Area } from './model.ts'
import { place, type Placed } from './position.ts'
import { placesRoutes } from './routes.ts'
import { seedPlaces } from './seed.ts'
import { findComponent } from './store.ts'

/** The door of `places`: where a point lies, and what an area is called. */
export interface Places {
  readonly registration: Registration
  findArea(code: string): Area | undefined
  childrenOf(code: string | null): readonly Area[]
  namesOf(path: string): string[]
  /** Converts and locates; throws POSITION_SWAPPED or POSITION_OUTSIDE_CITY at the pointer. */
  place(position: { readonly lon: number; readonly lat: number; readonly crs: Crs }, pointer: string): Placed
  /** Where a component stands; undefined for an unknown code. */
  findComponent(code: string): Promise<{ lon: number; lat: number } | undefined>
  /** West, south, east, north of the districts. */
  bbox(): [number, number, number, number]
  counts(): { districts: number; streets: number; communities: number; basic: number; single: number; dedicated: number }
  refresh(): Promise<void>
  seed(tx: Tx): Promise<void>
}

export function createPlaces(platform: Platform): Places {
  const atlas = new Atlas()
  return {
    registration: { name: 'places', routes: placesRoutes(platform, atlas) },
    findArea: (code) => atlas.find(code),
    childrenOf: (code) => atlas.childrenOf(code),
    namesOf: (path) => atlas.namesOf(path),
    place: (position, pointer) => place(atlas, position, pointer),
    findComponent: (code) => findComponent(platform.db, code),
    bbox: () => atlas.bbox(),
    counts: () => atlas.counts(),
    refresh: () => atlas.refresh(platform.db),
    seed: (tx) => seedPlaces(platform, tx),
  }
}
export type { Area, Placed }
