import { expect, test } from 'vitest'
import { brandOf } from './brand.ts'

const city = {
  name: '某市',
  nameEn: 'Some city',
  brand: { color: '#1f6f5c', sloganZh: '有事说一声', sloganEn: 'Say it once' },
  words: { 'district.370481': { zh: '滕州·e呼善应', en: 'Tengzhou: call, and kindly answered' } },
}

test('a district’s leader reads the district’s own name, the city’s leader the city’s', () => {
  expect(brandOf(city, '370481').title.zh).toBe('滕州·e呼善应')
  expect(brandOf(city, '370481001000').title.zh).toBe('滕州·e呼善应')
  expect(brandOf(city, '370400')).toEqual({ title: { zh: '某市', en: 'Some city' }, lead: { zh: '有事说一声', en: 'Say it once' } })
  expect(brandOf(city, undefined).title.en).toBe('Some city')
})
