import { expect, test } from 'vitest'
import { boxOfCoordinates, contains, roomyBox } from './box.ts'

test('a roomy box holds the box it was made from, and stays the same for a small move', () => {
  const box = roomyBox([113.001, 32.201, 113.1, 32.3])
  expect(contains(box, 113.001, 32.201) && contains(box, 113.1, 32.3)).toBe(true)
  expect(roomyBox([113.0012, 32.2011, 113.1002, 32.3001])).toEqual(box)
})

test('the box of a multipolygon is found at any depth', () => {
  expect(
    boxOfCoordinates([
      [
        [
          [1, 2],
          [3, 5],
          [2, 9],
        ],
      ],
      [
        [
          [0, 4],
          [1, 1],
        ],
      ],
    ]),
  ).toEqual([0, 1, 3, 9])
  expect(boxOfCoordinates([])).toBeUndefined()
})
