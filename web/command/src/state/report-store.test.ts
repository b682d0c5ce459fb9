import type { Reported } from '@linli/web-shared/ui'
import { expect, test } from 'vitest'
import { createReportStore } from './report-store.ts'

const HERE = { lon: 112.99, lat: 32.27 }
const THERE = { lon: 113, lat: 32.28 }
const ANSWER = { outcome: 'waiting' } as Reported

function open() {
  let keys = 0
  return createReportStore(() => `key-${(keys += 1)}`)
}

test('a report outlives its panel, and another spot moves it there under the same key', () => {
  const store = open()
  store.start(HERE)
  store.change((draft) => ({ ...draft, text: '井盖破损' }))
  store.close()
  expect(store.read()).toMatchObject({ open: false, draft: { text: '井盖破损' } })
  store.start(THERE)
  expect(store.read()).toMatchObject({ open: true, draft: { text: '井盖破损', spot: THERE, key: 'key-1' } })
})

test('a report that was sent or discarded leaves nothing, and the next begins under a key of its own', () => {
  const store = open()
  store.start(HERE)
  store.sent(ANSWER, false)
  expect(store.read()).toEqual({ draft: undefined, open: false, last: ANSWER })
  store.change((draft) => ({ ...draft, text: '迟到的一笔' }))
  expect(store.read().draft).toBeUndefined()
  store.start(HERE)
  expect(store.read()).toMatchObject({ last: undefined, draft: { text: '', key: 'key-2' } })
  store.discard()
  expect(store.read()).toEqual({ draft: undefined, open: false, last: undefined })
})

test('a post that signs in again finds its words, another begins with nothing', () => {
  const store = open()
  store.keepFor('acceptor')
  store.start(HERE)
  store.keepFor(undefined)
  expect(store.read()).toMatchObject({ open: false, draft: { spot: HERE } })
  store.keepFor('acceptor')
  expect(store.read().draft).toBeDefined()
  store.keepFor('grid-worker')
  expect(store.read().draft).toBeUndefined()
})

test('who listens hears every change until they stop', () => {
  const store = open()
  let heard = 0
  const stop = store.listen(() => (heard += 1))
  store.start(HERE)
  store.close()
  stop()
  store.discard()
  expect(heard).toBe(2)
})
