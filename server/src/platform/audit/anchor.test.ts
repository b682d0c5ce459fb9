import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { one, sql } from '../db/database.ts'
import { writeEvents } from '../outbox.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../testing/platform-database.ts'
import { anchorKey, readAnchors, writeAnchor } from './anchor.ts'

const NOW = Date.UTC(2026, 10, 22, 8)
const caseId = (number: number) => `019a0000-0000-7001-8000-${String(number).padStart(12, '0')}`

describe('the anchor file', () => {
  let database: PlatformDatabase
  let folder: string
  let file: string
  const lines = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  const ledger = (...entries: readonly (readonly [number: number, seq: number])[]) =>
    writeEvents(
      database.db,
      entries.map(([number, seq]) => ({
        districtId: 1,
        caseId: caseId(number),
        seq,
        topic: 'case.moved',
        at: new Date(NOW),
        hash: `h${number}-${seq}`,
        payload: {},
      })),
    )
  const anchor = () => writeAnchor(database.db, file, anchorKey(folder), () => NOW)

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  beforeEach(async () => {
    await sql`truncate platform.outbox, platform.seal_head`.execute(database.db)
    folder = mkdtempSync(join(tmpdir(), 'linli-anchor-'))
    file = join(folder, 'anchor.jsonl')
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterAll(() => database.drop())

  it('holds the newest line of every case that changed, signed, each line chained to the one before', async () => {
    await ledger([1, 1], [1, 2], [2, 1])
    expect(await anchor()).toBe(3)
    await ledger([1, 3])
    expect(await anchor()).toBe(1)
    const { anchors, problems } = readAnchors(file)
    expect(problems).toEqual([])
    expect(anchors.map(({ n, heads, covered }) => ({ n, heads, covered }))).toEqual([
      {
        n: 1,
        heads: [
          [caseId(1), 2, 'h1-2'],
          [caseId(2), 1, 'h2-1'],
        ],
        covered: { cases: 2, lines: 3 },
      },
      { n: 2, heads: [[caseId(1), 3, 'h1-3']], covered: { cases: 2, lines: 4 } },
    ])
    expect(anchors[0]?.at).toBe('2026-11-22T08:00:00.000Z')
  })

  it('is only ever added to, and not at all while nothing changes', async () => {
    await ledger([1, 1])
    await anchor()
    const before = readFileSync(file, 'utf8')
    expect(await anchor()).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(before)
    await ledger([1, 2])
    await anchor()
    expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true)
    expect(lines()).toHaveLength(2)
  })

  it('gets a line for the sealed streams alone', async () => {
    await ledger([1, 1])
    await anchor()
    await sql`insert into platform.seal_head values ('audit', 1, 4, 'sealed')`.execute(database.db)
    await anchor()
    expect(readAnchors(file).anchors.at(-1)).toMatchObject({ n: 2, heads: [], streams: [['audit', 1, 4, 'sealed']] })
  })

  it('is signed by a key that nobody else can read and that stays the same', async () => {
    const key = anchorKey(folder)
    expect(key.asymmetricKeyType).toBe('ed25519')
    expect(statSync(join(folder, 'anchor-key.pem')).mode & 0o777).toBe(0o600)
    expect(anchorKey(folder).export({ type: 'pkcs8', format: 'der' })).toEqual(key.export({ type: 'pkcs8', format: 'der' }))
  })

  it('keeps a line that a killed process left half-written, and goes on behind it', async () => {
    await ledger([1, 1])
    await anchor()
    const torn = '{"anchor":{"n":2,"at":"2026-11'
    appendFileSync(file, torn)
    await ledger([1, 2])
    await anchor()
    expect(lines()[1]).toBe(torn)
    expect(readAnchors(file)).toMatchObject({ problems: [], anchors: [{ n: 1 }, { n: 2, heads: [[caseId(1), 2, 'h1-2']] }] })
  })

  it('covers again what it had written before a crash forgot it, without contradiction', async () => {
    await ledger([1, 1])
    await anchor()
    await sql`update platform.outbox set anchored = false`.execute(database.db)
    await anchor()
    expect(readAnchors(file)).toMatchObject({ problems: [], anchors: [{ heads: [[caseId(1), 1, 'h1-1']] }, { heads: [[caseId(1), 1, 'h1-1']] }] })
  })

  it('chains to one line where two write at once', async () => {
    await ledger([1, 1])
    await Promise.all([anchor(), anchor(), anchor()])
    const left = await one<{ count: number }>(database.db, sql`select count(*) as count from platform.outbox where not anchored`)
    expect([lines().length, left?.count, readAnchors(file).problems]).toEqual([1, 0, []])
  })

  describe('that somebody touched shows', () => {
    beforeEach(async () => {
      for (const seq of [1, 2, 3]) {
        await ledger([1, seq])
        await anchor()
      }
    })
    const rewrite = (change: (all: string[]) => string[]) => writeFileSync(file, `${change(lines()).join('\n')}\n`)

    it('a changed head by its signature', () => {
      rewrite((all) => all.map((line, index) => (index === 1 ? line.replace('h1-2', 'h1-9') : line)))
      expect(readAnchors(file).problems).toContainEqual({ n: 2, code: 'ANCHOR_SIGNATURE_WRONG' })
    })

    it('a line taken out of the middle, and two that changed places, by the chain', () => {
      const [first = '', second = '', third = ''] = lines()
      rewrite(() => [first, third])
      expect(readAnchors(file).problems).toEqual([{ n: 3, code: 'ANCHOR_CHAIN_BROKEN' }])
      rewrite(() => [first, third, second])
      expect(readAnchors(file).problems.map((problem) => problem.code)).toContain('ANCHOR_CHAIN_BROKEN')
    })

    it('a first line that is missing', () => {
      rewrite((all) => all.slice(1))
      expect(readAnchors(file).problems).toEqual([{ n: 2, code: 'ANCHOR_CHAIN_BROKEN' }])
    })

    it('another key', async () => {
      rmSync(join(folder, 'anchor-key.pem'))
      await ledger([1, 4])
      await anchor()
      expect(readAnchors(file).problems).toEqual([{ n: 4, code: 'ANCHOR_KEY_CHANGED' }])
    })

    it('a public key that is none, as a finding and not as a crash', () => {
      rewrite((all) => all.map((line, index) => (index === 1 ? line.replace(/"publicKey":"[^"]+"/, '"publicKey":"AAAA"') : line)))
      expect(readAnchors(file).problems).toContainEqual({ n: 2, code: 'ANCHOR_SIGNATURE_WRONG' })
    })
  })
})
