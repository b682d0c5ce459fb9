import { expect, it } from 'vitest'
import { Gatherer } from './gatherer.ts'

/** A store whose writes end when the test says so. */
function slowStore(bad: number = -1) {
  const writes: number[][] = []
  const ends: (() => void)[] = []
  const gatherer = new Gatherer<number>(async (lines) => {
    writes.push([...lines])
    await new Promise<void>((resolve) => ends.push(resolve))
    if (lines.includes(bad)) throw new Error(`line ${bad}`)
  })
  const next = async () => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { gatherer, writes, next }
}

it('writes the first line at once and those that come meanwhile together', async () => {
  const { gatherer, writes, next } = slowStore()
  const done: number[] = []
  for (const line of [1, 2, 3]) void gatherer.add(line).then(() => done.push(line))
  expect(writes).toEqual([[1]])
  await next()
  expect({ writes, done }).toEqual({ writes: [[1], [2, 3]], done: [1] })
  void gatherer.add(4).then(() => done.push(4))
  await next()
  expect(done).toEqual([1, 2, 3])
  await next()
  expect({ writes, done }).toEqual({ writes: [[1], [2, 3], [4]], done: [1, 2, 3, 4] })
})

it('fails the line that cannot be written and no other', async () => {
  const { gatherer, writes, next } = slowStore(3)
  const settled = Promise.allSettled([1, 2, 3, 4].map((line) => gatherer.add(line)))
  for (let step = 0; step < 5; step++) await next()
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(writes).toEqual([[1], [2, 3, 4], [2], [3], [4]])
  const later = gatherer.add(5)
  await next()
  await expect(later).resolves.toBeUndefined()
})

it('never puts more than five hundred lines in one statement', async () => {
  const { gatherer, writes, next } = slowStore()
  const all = Promise.all(Array.from({ length: 1_101 }, (_, line) => gatherer.add(line)))
  for (let step = 0; step < 4; step++) await next()
  await all
  expect(writes.map((lines) => lines.length)).toEqual([1, 500, 500, 100])
})
