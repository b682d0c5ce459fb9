import type { City } from '@linli/contract/city'
import { isShifted, toWgs84 } from '@linli/lib/geo/crs'
import { PUBLIC_DOMAINS } from '../../intake/index.ts'
import type { ResidentParts } from '../parts.ts'
import type { Spot } from './draft.ts'
import type { StepFacts } from './steps.ts'

/** What the city has to choose from, and what its places are called. */
export interface Ground {
  matters(city: City): StepFacts['matters']
  streets(): StepFacts['streets']
  hasMatter(key: string): boolean
  hasStreet(code: string): boolean
  /** The street office and community at a spot; never a grid, which nobody knows by name. */
  placeName(spot: Pick<Spot, 'lon' | 'lat'>): string
  /** Outside of the city as it was said, inside when read as GCJ-02: intake will ask. */
  isElsewhere(spot: Spot): boolean
}

/** Reads the modules below; nothing is kept, since catalogue and areas change while the program runs. */
export function createGround({ places, catalog }: Pick<ResidentParts, 'places' | 'catalog'>): Ground {
  const districts = () => places.childrenOf(null).flatMap((root) => places.childrenOf(root.code))
  return {
    matters: (city) => {
      const domains = city.open311?.domains ?? PUBLIC_DOMAINS
      const offered = catalog.matters().filter((matter) => domains.includes(matter.domain) && matter.conditions.length > 0 && !asksMore(matter.form))
      const byClass = Map.groupBy(offered, (matter) => matter.className)
      return [...byClass].map(([className, rows]) => ({ className, rows: rows.map(({ key, name }) => ({ key, name })) }))
    },
    streets: () =>
      districts()
        .map((district) => ({
          district: district.name,
          rows: places
            .childrenOf(district.code)
            .filter((area) => area.level === 'street')
            .map(({ code, name }) => ({ code, name })),
        }))
        .filter(({ rows }) => rows.length > 0),
    hasMatter: (key) => key === '' || catalog.findMatter(key) !== undefined,
    hasStreet: (code) => code === '' || places.findArea(code)?.level === 'street',
    placeName: ({ lon, lat }) => {
      const located = places.locate(lon, lat)
      return located ? places.namesOf(located.deepest.path).slice(0, 3).join(' ') : `${lon.toFixed(5)}, ${lat.toFixed(5)}`
    },
    isElsewhere: ({ lon, lat }) => {
      if (!isShifted(lon, lat)) return false
      const [east, north] = toWgs84(lon, lat, 'gcj02')
      return places.locate(east, north) !== undefined
    },
  }
}

/** A matter that asks for more than these pages do is left to who takes the report up. */
const asksMore = (form: Readonly<Record<string, unknown>> | undefined): boolean => Array.isArray(form?.['required']) && form['required'].length > 0
