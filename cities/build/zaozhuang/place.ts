import type { DistrictName } from '../geojson.ts'

export const CITY = { code: '370400', name: '枣庄市', nameEn: 'Zaozhuang' } as const

/** The five districts and one county-level city, by division code (GB/T 2260). */
export const DISTRICTS: readonly DistrictName[] = [
  { code: '370402', name: '市中区', nameEn: 'Shizhong District' },
  { code: '370403', name: '薛城区', nameEn: 'Xuecheng District' },
  { code: '370404', name: '峄城区', nameEn: 'Yicheng District' },
  { code: '370405', name: '台儿庄区', nameEn: 'Taierzhuang District' },
  { code: '370406', name: '山亭区', nameEn: 'Shanting District' },
  { code: '370481', name: '滕州市', nameEn: 'Tengzhou City' },
]
