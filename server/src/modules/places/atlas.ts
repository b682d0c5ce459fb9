import { boxOf } from '@linli/lib/geo/area'
import { buildLookup, type Lookup } from '@linli/lib/geo/lookup'
import type { Queryable } from '../../platform/db/database.ts'
import type { Area, AreaWithGeometry, Located } from './model.ts'
import { readAreas, readDistricts } from './store.ts'

/** The whole area tree in memory: lookups by code and by point never touch the database. */
export class Atlas {
  #areas: readonly AreaWithGeometry[] = []
  #byCode = new Map<string, AreaWithGeometry>()
  #children = new Map<string, AreaWithGeometry[]>()
  #ordinals = new Map<string, number>()
  #grounded: readonly AreaWithGeometry[] = []
  #lookup: Lookup = buildLookup([])
  #generation = 0

  /** Counts up with every refresh, so that what was made from an older tree can tell. */
  get generation(): number {
    return this.#generation
  }

  get areas(): readonly AreaWithGeometry[] {
    return this.#areas
  }

  async refresh(db: Queryable): Promise<void> {
    const areas = await readAreas(db)
    const districts = await readDistricts(db)
    this.load(areas, new Map(districts.map((district) => [district.code, district.ordinal])))
  }

  /** Another tree with the same districts: the ground as it would be. */
  with(areas: readonly AreaWithGeometry[]): Atlas {
    const atlas = new Atlas()
    atlas.load(areas, this.#ordinals)
    return atlas
  }

  /** Takes a whole tree, ordered by path, with the ordinals of its districts. */
  load(areas: readonly AreaWithGeometry[], ordinals: Map<string, number>): void {
    this.#areas = areas
    this.#byCode = new Map(areas.map((area) => [area.code, area]))
    this.#children = Map.groupBy(areas, (area) => area.parentCode ?? '')
    this.#ordinals = ordinals
    // A city whose districts are not imported yet has a root without ground.
    this.#grounded = areas.filter((area) => area.geometry.coordinates.length > 0)
    this.#lookup = buildLookup(this.#grounded.map((area) => ({ id: area.code, kind: area.gridKind ?? area.level, geometry: area.geometry })))
    this.#generation += 1
  }

  find(code: string): AreaWithGeometry | undefined {
    return this.#byCode.get(code)
  }

  childrenOf(code: string | null): readonly AreaWithGeometry[] {
    return this.#children.get(code ?? '') ?? []
  }

  /** Names from the district down to the deepest area of a path; the city's own name is left out. */
  namesOf(path: string): string[] {
    return path
      .split('.')
      .slice(1)
      .map((code) => this.#byCode.get(code)?.name ?? code)
  }

  /** The ordinal of the district that a path passes through; 0 where it has none. */
  districtIdOf(path: string): number {
    for (const code of path.split('.')) {
      const ordinal = this.#ordinals.get(code)
      if (ordinal !== undefined) return ordinal
    }
    return 0
  }

  /** The one unit per kind at a WGS84 point; undefined outside the city. */
  locate(lon: number, lat: number): Located | undefined {
    const at = (kind: string): AreaWithGeometry | undefined => this.#grounded[this.#lookup.find(lon, lat, kind)]
    const single = at('single')
    const basic = single?.parentCode ? this.#byCode.get(single.parentCode) : at('basic')
    const deepest: Area | undefined = single ?? basic ?? at('community') ?? at('street') ?? at('district')
    if (!deepest) return undefined
    return { districtId: this.districtIdOf(deepest.path), deepest, basic, single, dedicated: at('dedicated') }
  }

  /** West, south, east, north of the districts; the whole globe where there are none. */
  bbox(): [number, number, number, number] {
    const boxes = this.#areas.filter((area) => area.level === 'district').map((area) => boxOf(area.geometry))
    if (boxes.length === 0) return [-180, -85, 180, 85]
    return [
      Math.min(...boxes.map((box) => box[0])),
      Math.min(...boxes.map((box) => box[1])),
      Math.max(...boxes.map((box) => box[2])),
      Math.max(...boxes.map((box) => box[3])),
    ]
  }

  counts(): { districts: number; streets: number; communities: number; basic: number; single: number; dedicated: number } {
    const counts = { districts: 0, streets: 0, communities: 0, basic: 0, single: 0, dedicated: 0 }
    for (const area of this.#areas) {
      if (area.gridKind) counts[area.gridKind] += 1
      else if (area.level === 'district') counts.districts += 1
      else if (area.level === 'street') counts.streets += 1
      else if (area.level === 'community') counts.communities += 1
    }
    return counts
  }
}
