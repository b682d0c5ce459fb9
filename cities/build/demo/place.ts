import type { DistrictName } from '../geojson.ts'

/** The division codes lie in a range that China has not assigned. */
export const CITY = { code: '990100', name: '邻里市', nameEn: 'Linli City' } as const

export const DISTRICTS: readonly DistrictName[] = [
  { code: '990101', name: '云溪区', nameEn: 'Yunxi District' },
  { code: '990102', name: '松桥区', nameEn: 'Songqiao District' },
  { code: '990103', name: '望湖区', nameEn: 'Wanghu District' },
]

/** Streets of a district (街道), in the order in which the division numbers them: west to east, then north to south. */
export const STREETS_PER_DISTRICT = 3

export interface StreetName {
  readonly code: string
  readonly district: DistrictName
  readonly ordinal: number
}

/** The nine streets by code; their names are given when the districts are divided. */
export const STREETS: readonly StreetName[] = DISTRICTS.flatMap((district) =>
  Array.from({ length: STREETS_PER_DISTRICT }, (_, index) => ({
    code: `${district.code}${String(index + 1).padStart(3, '0')}000`,
    district,
    ordinal: index + 1,
  })),
)

/** Streets whose own office handles small matters, one in each district. */
export const HANDLING_STREETS = STREETS.filter((street) => street.ordinal === 1)
