import { expect, test } from 'vitest'
import { sizeOf } from './size.ts'

test('a size is told in the unit that keeps it short', () => {
  expect([0, 900, 1536, 5 * 1024 ** 2, 250 * 1024 ** 3, 3 * 1024 ** 5].map((bytes) => sizeOf('en', bytes))).toEqual([
    '0 B',
    '900 B',
    '1.5 KB',
    '5 MB',
    '250 GB',
    '3,072 TB',
  ])
})
