import type { Crs } from '@linli/lib/geo/crs'
import type { WorkCalendar } from '@linli/lib/time/calendar'
import type { PersonActor } from '../../platform/rights/actor.ts'

export interface GridArea {
  readonly code: string
  readonly name: string
  readonly path: string
}
/** A finding as it goes to the front door of reports. */
export interface Finding {
  readonly actor: PersonActor
  readonly key: string
  readonly requestId: string
  readonly text: string
  readonly matter: string
  readonly conditionRow: number | undefined
  readonly position: { readonly lon: number; readonly lat: number; readonly crs: Crs } | undefined
  readonly photos: readonly string[]
  readonly madeAt: string
}

/** What `patrol` wants from others; app.ts connects it. */
export interface PatrolPorts {
  calendar(): WorkCalendar
  findArea(code: string): GridArea | undefined
  /** Areas one level below; for a basic grid none. */
  childrenOf(code: string): readonly (GridArea & { readonly gridKind: string | null })[]
  /** The basic grids at or below a path, by code. */
  gridsBelow(path: string): readonly GridArea[]
  /** Grids of every kind at or below a path. */
  allGridsBelow(path: string): readonly GridArea[]
  districtIdOf(path: string): number
  /** Converts and locates a position; throws POSITION_SWAPPED or POSITION_OUTSIDE_CITY at the pointer. */
  place(position: { readonly lon: number; readonly lat: number; readonly crs: Crs }, pointer: string): { readonly lon: number; readonly lat: number }
  /** The code of the basic grid at a WGS84 point. */
  gridAt(lon: number, lat: number): string | undefined
  hasMatter(key: string): boolean
  /** Reports a finding by the same door as everybody; the same key gives the same case. */
  report(finding: Finding): Promise<{ readonly caseId: string; readonly number: string }>
}
