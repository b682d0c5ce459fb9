import { expect, test } from 'vitest'
import { PointLayer } from './point-tile.ts'

test('a tile of one point is written byte for byte as the description has it (Mapbox Vector Tile 2.1)', () => {
  const layer = new PointLayer('a')
  layer.add(25, 17, { n: 300, s: '井' })
  const feature = [0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 50, 34]
  const body = [
    0x0a,
    1,
    0x61,
    0x12,
    feature.length,
    ...feature,
    0x1a,
    1,
    0x6e,
    0x1a,
    1,
    0x73,
    0x22,
    3,
    0x28,
    0xac,
    2,
    0x22,
    5,
    0x0a,
    3,
    0xe4,
    0xba,
    0x95,
    0x28,
    0x80,
    0x20,
    0x78,
    2,
  ]
  expect([...layer.encode()]).toEqual([0x1a, body.length, ...body])
})

test('a layer without points is no bytes', () => {
  expect(new PointLayer('a').encode()).toHaveLength(0)
})

test('what is said of many points is written once', () => {
  const size = (points: number) => {
    const layer = new PointLayer('a')
    for (let at = 0; at < points; at += 1) layer.add(at, at, { name: 'a long name of a component that many have' })
    return layer.encode().length
  }
  expect(size(1_000) - size(999)).toBeLessThan(20)
})
