import type { City } from '@linli/contract/city'
import { shared } from '../city.ts'
import { commonRules, guideRules } from '../filing.ts'
import { CITY, DISTRICTS, STREETS } from './place.ts'

/** The invented city that a first start shows. Nothing in it is a real place, person or unit. */
export const demoCity: City = {
  code: 'demo',
  division: CITY.code,
  name: CITY.name,
  nameEn: CITY.nameEn,
  casePrefix: 'LL',
  demo: true,
  brand: { color: '#1f6f5c', sloganZh: '有事说一声，件件有回音', sloganEn: 'Say it once, hear back every time' },
  words: Object.fromEntries(DISTRICTS.map(({ code, name, nameEn }) => [`district.${code}`, { zh: name, en: nameEn }])),
  counts: { streets: STREETS.length, communities: 36, basic: 108, single: 324, dedicated: 24 },
  seed: 20261122,
  filingRules: [...guideRules, ...commonRules],
  ...shared,
}
