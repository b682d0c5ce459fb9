import type { City } from '../state/room.ts'

/** The words above the wall (特色品牌): those of the district that the post leads, where the city gives it words of its own, else the city's. */
export function brandOf(city: Pick<City, 'name' | 'nameEn' | 'brand' | 'words'>, areaCode: string | undefined): { readonly title: Pair; readonly lead: Pair } {
  const district = areaCode === undefined ? undefined : city.words[`district.${areaCode.slice(0, DISTRICT_DIGITS)}`]
  return {
    title: district ?? { zh: city.name, en: city.nameEn },
    lead: district ? { zh: city.name, en: city.nameEn } : { zh: city.brand.sloganZh, en: city.brand.sloganEn },
  }
}

interface Pair {
  readonly zh: string
  readonly en: string
}
/** Administrative divisions down to the district have six digits (GB/T 2260). */
const DISTRICT_DIGITS = 6
