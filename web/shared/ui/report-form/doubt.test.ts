import { expect, test } from 'vitest'
import { doubtOf } from './doubt.ts'

const asked = { basis: 'photo', asWgs84Lon: 113.006, asWgs84Lat: 32.1, asGcj02Lon: 113, asGcj02Lat: 32.102, metresWgs84: 610, metresGcj02: 4 }

test('the question about a position is read with both readings and how far each lies from what speaks', () => {
  expect(doubtOf({ code: 'POSITION_SYSTEM_DOUBTFUL', extra: asked })).toEqual({
    basis: 'photo',
    asSent: { lon: 113.006, lat: 32.1 },
    asGcj02: { lon: 113, lat: 32.102 },
    metres: { asSent: 610, asGcj02: 4 },
  })
})

test('another refusal, or one without its readings, is no question', () => {
  expect(doubtOf({ code: 'POSITION_OUTSIDE_CITY', extra: asked })).toBeUndefined()
  expect(doubtOf({ code: 'POSITION_SYSTEM_DOUBTFUL', extra: { ...asked, asGcj02Lon: '113' } })).toBeUndefined()
  expect(doubtOf({ code: 'POSITION_SYSTEM_DOUBTFUL', extra: { ...asked, metresWgs84: null, basis: 'guess' } })).toMatchObject({
    basis: 'city',
    metres: undefined,
  })
})
