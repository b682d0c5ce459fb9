import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startPump } from './pump.ts'
import { keptLog } from './testing/log-lines.ts'

describe('a pump', () => {
  it('looks again at once while there is work, and then waits for its interval', async () => {
    const left = [3, 2, 1]
    let looks = 0
    const pump = startPump('test', 60_000, keptLog().log, async () => {
      looks += 1
      return left.pop() ?? 0
    })
    await expect.poll(() => looks).toBe(4)
    await sleep(20)
    expect(looks).toBe(4)
    await pump.stop()
  })

  it('looks sooner when woken, also when the call comes in the middle of a look', async () => {
    let looks = 0
    const gate = Promise.withResolvers<void>()
    const pump = startPump('test', 60_000, keptLog().log, async () => {
      looks += 1
      if (looks === 1) await gate.promise
      return 0
    })
    pump.wake()
    gate.resolve()
    await expect.poll(() => looks).toBe(2)
    pump.wake()
    await expect.poll(() => looks).toBe(3)
    await pump.stop()
  })

  it('never runs its work twice at a time', async () => {
    let at = 0
    let most = 0
    let looks = 0
    const pump = startPump('test', 1, keptLog().log, async () => {
      at += 1
      most = Math.max(most, at)
      await sleep(2)
      at -= 1
      looks += 1
      return looks < 5 ? 1 : 0
    })
    for (let count = 0; count < 5; count++) pump.wake()
    await expect.poll(() => looks).toBeGreaterThanOrEqual(5)
    await pump.stop()
    expect(most).toBe(1)
  })

  it('logs a failure by its name and goes on', async () => {
    const { log, lines } = keptLog()
    let looks = 0
    const pump = startPump('relay', 5, log, async () => {
      looks += 1
      if (looks === 1) throw new Error('database is away')
      return 0
    })
    await expect.poll(() => looks).toBeGreaterThan(2)
    await pump.stop()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ pump: 'relay', msg: 'pump failed; will try again' })
    expect(String(lines[0]?.['error'])).toContain('database is away')
  })

  it('finishes the look under way before it has stopped, and begins no other', async () => {
    let ended = false
    let looks = 0
    const pump = startPump('test', 1, keptLog().log, async () => {
      looks += 1
      await sleep(30)
      ended = true
      return 1
    })
    await sleep(5)
    await pump.stop()
    expect([ended, looks]).toEqual([true, 1])
  })
})
