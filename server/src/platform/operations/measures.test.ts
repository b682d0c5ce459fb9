import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCronItems } from 'graphile-worker'
import { describe, expect, it } from 'vitest'
import { Activity } from './activity.ts'
import { measureDisk } from './disk.ts'
import { keep } from './kept.ts'
import { readLastBackup, writeLastBackup } from './last-backup.ts'
import { LoopWatch } from './loop-watch.ts'
import { nextRun } from './next-run.ts'
import { RequestWindow } from './request-window.ts'
import { hostOf, lookAtSystems, type Look, type System } from './systems.ts'

describe('the record of a pump', () => {
  it('counts runs, what they did and failures in a row, and forgets the row at the first success', async () => {
    let now = 0
    const pump = new Activity(() => now).pump('relay', 250)
    await pump.look(async () => 3)
    for (let count = 0; count < 2; count++) {
      now += 1_000
      await expect(pump.look(() => Promise.reject(new Error('away\nat line 3')))).rejects.toThrow('away')
    }
    expect(pump.show()).toMatchObject({
      runs: 3,
      done: 3,
      failures: 2,
      failuresInARow: 2,
      lastError: 'away',
      lastErrorAt: '1970-01-01T00:00:02.000Z',
      state: 'waiting',
    })
    await pump.look(async () => 0)
    expect(pump.show()).toMatchObject({ failures: 2, failuresInARow: 0, lastError: 'away' })
    const gate = Promise.withResolvers<number>()
    const under = pump.look(() => gate.promise)
    expect(pump.show().state).toBe('running')
    gate.resolve(1)
    await under
    pump.stop()
    expect(pump.show().state).toBe('stopped')
  })
})

describe('the next run of a job', () => {
  const next = (cron: string, after: string) => {
    const [item] = parseCronItems([{ task: 't', match: cron }])
    return nextRun((minute) => item?.match(minute) ?? false, new Date(after))?.toISOString()
  }
  it('is the first minute after now that the pattern names, in UTC', () => {
    expect(next('* * * * *', '2026-11-22T10:00:00Z')).toBe('2026-11-22T10:01:00.000Z')
    expect(next('*/10 * * * *', '2026-11-22T23:55:30Z')).toBe('2026-11-23T00:00:00.000Z')
    expect(next('30 2 * * *', '2026-11-22T02:30:00Z')).toBe('2026-11-23T02:30:00.000Z')
    expect(next('0 3 1 * *', '2026-12-15T00:00:00Z')).toBe('2027-01-01T03:00:00.000Z')
    expect(next('0 0 * * 0', '2026-11-22T00:00:00Z')).toBe('2026-11-29T00:00:00.000Z')
  })
  it('is unknown where none comes within two months', () => {
    expect(next('0 0 29 2 *', '2026-11-22T00:00:00Z')).toBeUndefined()
  })
})

describe('the window of requests', () => {
  it('holds the last minute, a rate a minute, and forgets what is older', () => {
    let ms = 0
    const window = new RequestWindow(() => ms)
    ms = 30_000
    for (let count = 0; count < 9; count++) window.answered(200)
    window.answered(500)
    expect(window.view()).toMatchObject({ windowS: 30, perMinute: 20, errorsPerMinute: 2, errorRate: 0.1 })
    ms = 120_000
    expect(window.view()).toMatchObject({ windowS: 60, perMinute: 0, errorRate: null })
    window.answered(404)
    expect(window.view()).toMatchObject({ perMinute: 1, errorRate: 0 })
  })
  it('counts what is under way, and since when the proxy was seen', () => {
    let ms = 0
    const window = new RequestWindow(() => ms)
    window.begin()
    window.begin()
    window.end()
    expect([window.inFlight, window.forwardedAgoS]).toEqual([1, undefined])
    window.forwarded()
    ms = 5_000
    expect(window.forwardedAgoS).toBe(5)
  })
})

describe('a kept measurement', () => {
  it('is made once while it is fresh, never twice at a time, and again after a failure', async () => {
    let now = 0
    let made = 0
    const measure = keep(
      1_000,
      () => now,
      async () => {
        made += 1
        if (made === 3) throw new Error('away')
        return made
      },
    )
    expect((await Promise.all([measure(), measure()])).map((kept) => kept.value)).toEqual([1, 1])
    now = 999
    expect(await measure()).toEqual({ at: new Date(0), value: 1 })
    now = 1_000
    expect((await measure()).value).toBe(2)
    now = 5_000
    await expect(measure()).rejects.toThrow('away')
    expect(await measure()).toEqual({ at: new Date(5_000), value: 4 })
  })
})

describe('the measure of a folder', () => {
  it('counts files and bytes by the first level, follows no link, and leaves out what is counted elsewhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-disk-'))
    mkdirSync(join(folder, 'a', 'deep'), { recursive: true })
    writeFileSync(join(folder, 'a', 'deep', 'one'), 'x'.repeat(10))
    writeFileSync(join(folder, 'a', 'two'), 'x'.repeat(5))
    symlinkSync('/', join(folder, 'a', 'root'))
    mkdirSync(join(folder, 'blobs'))
    writeFileSync(join(folder, 'file'), 'x')
    const { parts, freeBytes, totalBytes } = await measureDisk(folder, new Set(['blobs']))
    rmSync(folder, { recursive: true })
    expect(parts).toEqual([
      { name: 'a', bytes: 15, files: 3 },
      { name: 'file', bytes: 1, files: 1 },
    ])
    expect(freeBytes).toBeGreaterThan(0)
    expect(totalBytes).toBeGreaterThanOrEqual(freeBytes)
  })
})

describe('the word of the last backup', () => {
  it('comes back as it was left; a torn or foreign file is no backup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-word-'))
    const last = { at: '2026-11-22T00:00:00.000Z', file: 'x.tar.gz', bytes: 5, encrypted: false, kind: 'written' } as const
    expect(readLastBackup(folder)).toBeUndefined()
    await writeLastBackup(folder, last)
    expect(readLastBackup(folder)).toEqual(last)
    for (const text of ['{"at":', '[]', '{}', JSON.stringify({ ...last, at: 'yesterday' }), JSON.stringify({ ...last, kind: 'other' })]) {
      writeFileSync(join(folder, 'last-backup.json'), text)
      expect(readLastBackup(folder), text).toBeUndefined()
    }
    rmSync(folder, { recursive: true })
  })
})

describe('a look at systems', () => {
  const system = (check: () => Promise<Look>): System => ({ key: 'x', kind: 'outside', zh: '某', en: 'X', address: null, dependsOn: [], check })
  it('says down with the reason where a look throws', async () => {
    const [view] = await lookAtSystems([system(() => Promise.reject(new Error('refused\nstack')))], () => 0)
    expect(view).toMatchObject({ state: 'down', detail: 'refused', checkedAt: '1970-01-01T00:00:00.000Z' })
  })
  it('does not wait for one that never answers', async () => {
    const [view, other] = await lookAtSystems([system(() => new Promise(() => undefined)), system(async () => ({ state: 'up' }))], () => 0)
    expect([view?.state, view?.detail, other?.state]).toEqual(['down', 'no answer within 3 s', 'up'])
  })
  it('shows no user and no password of an address', () => {
    expect(hostOf('postgresql://linli:secret@db.example:5432/linli?sslmode=require')).toBe('db.example:5432')
    expect(hostOf('postgresql://linli:secret@/linli?host=%2Frun%2Fpg')).toBe('/run/pg')
    expect([hostOf(undefined), hostOf('not a url')]).toEqual([null, null])
  })
})

describe('the watch over the event loop', () => {
  it('sees a block', async () => {
    const watch = new LoopWatch()
    await new Promise((resolve) => setTimeout(resolve, 50))
    const until = performance.now() + 150
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 50))
    const view = watch.view()
    watch.stop()
    expect(view.maxMs).toBeGreaterThan(50)
    expect(view.utilisation).toBeGreaterThan(0)
  })
})
