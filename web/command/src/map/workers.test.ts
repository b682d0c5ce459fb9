import { expect, test } from 'vitest'
import { workersOf } from './workers.ts'

const label = (code: string, level: string, parentCode: string | null) => ({ code, name: code, level, parentCode, lon: 1, lat: 2 })
const labels = [label('990101', 'district', null), label('990101001000', 'street', '990101'), label('990101001001', 'community', '990101001000')]

test('those on shift are counted for the community, the street and the district of their grid, and so are grids with nobody', () => {
  const counted = workersOf(
    [
      { code: '990101001001001', onShift: 2 },
      { code: '990101001001002', onShift: 0 },
      { code: '990199001001001', onShift: 9 },
    ],
    labels,
  )
  expect(counted.map(({ level, onShift, uncovered }) => [level, onShift, uncovered])).toEqual([
    ['community', 2, 1],
    ['street', 2, 1],
    ['district', 2, 1],
  ])
})
