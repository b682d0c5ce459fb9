import { afterEach, describe, expect, it, vi } from 'vitest'
import { startDemoDriver } from './demo-driver.ts'
import { FakeCity } from './demo-driver/fake-city.testing.ts'

const log = { info: () => undefined, debug: () => undefined }
const options = { baseUrl: 'http://127.0.0.1:1', log, seed: 42 }

/** Runs the driver until the condition holds (or five seconds have passed), then stops it. */
async function runUntil(city: FakeCity, condition: () => boolean, more: object = {}): Promise<void> {
  vi.stubGlobal('fetch', city.fetch)
  const stop = new AbortController()
  const driver = startDemoDriver({ ...options, signal: stop.signal, ratePerMinute: 60_000, firstCases: 12, mostOpen: 15, ...more })
  try {
    await vi.waitFor(() => expect(condition()).toBe(true), { timeout: 5_000, interval: 10 })
  } finally {
    stop.abort()
    await driver.finished
  }
}

afterEach(() => void vi.unstubAllGlobals())

/** Where a case comes by in the six steps; it is linked or paused by people alone. */
const STEPS = ['reported', 'verifying', 'verified', 'filed', 'dispatched', 'handling', 'handled', 'checked', 'closed', 'evaluated', 'voided']

describe('the demo driver', () => {
  it('moves cases through every state, to the evaluation and into the void, and sends some back', async () => {
    const city = new FakeCity()
    const states = () => new Set(city.cases.flatMap((each) => each.entries.map((entry) => entry.stateAfter)))
    const backs = () => city.cases.flatMap((each) => each.entries).filter((entry) => entry.kind === 'back').length
    await runUntil(city, () => STEPS.every((state) => states().has(state)) && backs() > 3)
    expect(city.cases.every((each) => each.entries.every((entry) => entry.move !== 'note' && entry.move !== 'reopen'))).toBe(true)
  })

  it('is refused only where the server draws a line that it cannot see', async () => {
    const city = new FakeCity()
    await runUntil(city, () => city.moves > 150)
    expect(city.refusals.filter((code) => code !== 'NOT_FOUND')).toEqual([])
  })

  it('keeps the number of open cases bounded', async () => {
    const city = new FakeCity()
    await runUntil(city, () => city.moves > 150)
    expect(city.mostOpen).toBeLessThanOrEqual(15)
    expect(city.mostOpen).toBeGreaterThanOrEqual(8)
  })

  it('leaves a case alone that a visitor has just moved', async () => {
    const city = new FakeCity()
    const visited = city.openCase({ channel: 'web', text: '桥头路灯不亮', by: 'visitor' })
    await runUntil(city, () => city.moves > 100)
    expect(visited.entries).toHaveLength(1)
  })

  it('waits while nobody answers, and goes on after a lost connection and a server fault', async () => {
    const city = new FakeCity()
    let calls = 0
    vi.stubGlobal('fetch', undefined)
    const stumbling = Object.assign(city, {
      fetch: ((fetch) => (address: URL, init: RequestInit) => {
        calls += 1
        if (calls === 1) return Promise.reject(new TypeError('fetch failed'))
        if (calls === 40) return Promise.resolve(Response.json({ code: 'INTERNAL' }, { status: 500 }))
        return fetch(address, init)
      })(city.fetch),
    })
    await runUntil(stumbling, () => city.moves > 60)
    expect(calls).toBeGreaterThan(40)
  })

  it('stops on the signal, also while it waits for a server that is not there', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    const stop = new AbortController()
    const driver = startDemoDriver({ ...options, signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(driver.finished).resolves.toBeUndefined()
  })
})
