import { expect, test } from 'vitest'
import { addCorner, boxOf, moveCorner, polygonOf, removeCorner, ringOf, type Ring } from './ring.ts'

const ring: Ring = [
  [0, 0],
  [2, 0],
  [2, 1],
]

test('a simple polygon becomes its corners and comes back closed', () => {
  expect(ringOf(polygonOf(ring))).toEqual(ring)
  expect(polygonOf(ring).coordinates[0]).toHaveLength(4)
  expect(ringOf({ type: 'MultiPolygon', coordinates: [polygonOf(ring).coordinates] })).toEqual(ring)
})

test('holes, several parts and what is no polygon are not edited by corners', () => {
  const [outer] = polygonOf(ring).coordinates
  expect(ringOf({ type: 'Polygon', coordinates: [outer, outer] })).toBeUndefined()
  expect(ringOf({ type: 'MultiPolygon', coordinates: [[outer], [outer]] })).toBeUndefined()
  expect(ringOf({ type: 'Point', coordinates: [1, 2] })).toBeUndefined()
  expect(ringOf({ type: 'Polygon', coordinates: [['a']] })).toBeUndefined()
})

test('corners move, come and go, but three always stay', () => {
  expect(moveCorner(ring, 1, [2.123456789, 0])[1]).toEqual([2.1234568, 0])
  expect(addCorner(ring, 2, [1, 1])).toEqual([...ring, [1, 1]])
  expect(removeCorner(addCorner(ring, 0, [1, 0]), 1)).toEqual(ring)
  expect(removeCorner(ring, 0)).toEqual(ring)
})

test('a box is around every corner of every part', () => {
  expect(boxOf(polygonOf(ring))).toEqual([0, 0, 2, 1])
  expect(boxOf({ type: 'Polygon', coordinates: [] })).toBeUndefined()
})
