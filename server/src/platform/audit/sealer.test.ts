import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { many, sql } from '../db/database.ts'
import { systemRuntime } from '../runtime.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../testing/platform-database.ts'
import type { Anchor } from './anchor.ts'
import { writeAudit, writeRead } from './audit.ts'
import { sealStreams } from './sealer.ts'
import { verifyStreams } from './verify-streams.ts'

const SYSTEM = { kind: 'system', name: 'test' } as const

describe('the sealer', () => {
  let database: PlatformDatabase
  const audit = (districtId: number, requestId: string, db: Parameters<typeof writeAudit>[0] = database.db) =>
    writeAudit(db, systemRuntime, { districtId, requestId, actor: SYSTEM, action: 'test', outcome: 'done' })
  const sealed = (districtId: number) =>
    many<{ seq: number; request: string }>(
      database.db,
      sql`select sealed_seq as seq, request_id as request from platform.audit where district_id = ${districtId} and sealed_seq is not null order by sealed_seq`,
    )
  const anchored = async (): Promise<Anchor[]> => {
    const heads = await many<{ stream: string; district_id: number; seq: number; hash: string }>(
      database.db,
      sql`select stream, district_id, seq, hash from platform.seal_head`,
    )
    return [
      {
        n: 1,
        at: '',
        prev: '',
        publicKey: '',
        heads: [],
        covered: { cases: 0, lines: 0 },
        streams: heads.map((row) => [row.stream, row.district_id, row.seq, row.hash]),
      },
    ]
  }
  const verify = async (anchors: readonly Anchor[] = []) =>
    (await verifyStreams(database.db, anchors)).findings.map((finding) => `${finding.code} ${finding.where} ${finding.seq}`)

  beforeAll(async () => {
    database = await openPlatformDatabase()
  })
  beforeEach(() => sql`truncate platform.audit, platform.read_log, platform.seal_head`.execute(database.db))
  afterAll(() => database.drop())

  it('chains rows that many wrote at once, per district, without a gap', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => audit(index % 3, `r${index}`)))
    const [one = 0, two = 0] = await Promise.all([sealStreams(database.db, 'sha256'), sealStreams(database.db, 'sha256')])
    expect(one + two).toBe(60)
    for (const district of [0, 1, 2]) expect((await sealed(district)).map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(await verify()).toEqual([])
    expect(await sealStreams(database.db, 'sha256')).toBe(0)
  })

  it('seals a row that commits late behind those that came meanwhile, and never leaves it out', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = database.db.transaction().execute(async (tx) => {
      await audit(1, 'late', tx)
      await gate.promise
    })
    await audit(1, 'early')
    await sealStreams(database.db, 'sha256')
    gate.resolve()
    await slow
    await sealStreams(database.db, 'sha256')
    expect((await sealed(1)).map((row) => row.request)).toEqual(['early', 'late'])
    expect(await verify()).toEqual([])
  })

  it('keeps no writer waiting while it seals', async () => {
    await audit(1, 'first')
    const gate = Promise.withResolvers<void>()
    const sealing = database.db.transaction().execute(async (tx) => {
      await sql`select * from platform.seal_head for update`.execute(tx)
      await sql`insert into platform.seal_head values ('audit', 1, 0, '')`.execute(tx)
      await gate.promise
    })
    await audit(1, 'second')
    gate.resolve()
    await sealing
    expect(await sealStreams(database.db, 'sha256')).toBe(2)
  })

  it('changes its hash without losing the chain', async () => {
    await audit(1, 'a')
    await sealStreams(database.db, 'sha256')
    await audit(1, 'b')
    await sealStreams(database.db, 'sm3')
    await audit(1, 'c')
    await sealStreams(database.db, 'sha256')
    expect(await verify()).toEqual([])
  })

  describe('lets verify find', () => {
    beforeEach(async () => {
      for (let count = 1; count <= 4; count++) {
        await audit(1, `r${count}`)
        await writeRead(database.db, systemRuntime, {
          districtId: 1,
          requestId: `r${count}`,
          actor: SYSTEM,
          endpoint: 'e',
          purpose: 'handle-case',
          objectKind: 'case',
          objectId: 'c',
          rows: 1,
        })
        await sealStreams(database.db, 'sha256')
      }
    })

    it('nothing where nothing was done', async () => {
      expect(await verify(await anchored())).toEqual([])
      expect((await verifyStreams(database.db, [])).counts).toEqual({ audit: 4, read_log: 4 })
    })

    it.each(["at = at + interval '1 second'", "outcome = 'refused'", "error_code = 'X'", "action = 'other'", 'person_id = id'])(
      'a line in which %s',
      async (change) => {
        await sql`update platform.audit set ${sql.raw(change)} where sealed_seq = 2`.execute(database.db)
        expect(await verify()).toEqual(['AUDIT_LINE_CHANGED audit of district 1 2'])
      },
    )

    it('a purpose that was changed afterwards', async () => {
      await sql`update platform.read_log set purpose = 'supervise' where sealed_seq = 3`.execute(database.db)
      expect(await verify()).toEqual(['AUDIT_LINE_CHANGED read_log of district 1 3'])
    })

    it('a line that was taken out of the middle', async () => {
      await sql`delete from platform.audit where sealed_seq = 2`.execute(database.db)
      expect(await verify()).toEqual(['AUDIT_LINE_MISSING audit of district 1 2'])
    })

    it('a tail that was taken away, also together with the head where there is an anchor', async () => {
      const anchors = await anchored()
      await sql`delete from platform.audit where sealed_seq >= 3`.execute(database.db)
      expect(await verify()).toEqual(['AUDIT_TAIL_MISSING audit of district 1 3'])
      await sql`update platform.seal_head set seq = 2, hash = (select sealed_hash from platform.audit where sealed_seq = 2) where stream = 'audit'`.execute(
        database.db,
      )
      expect(await verify()).toEqual([])
      expect(await verify(anchors)).toEqual(['AUDIT_TAIL_MISSING audit of district 1 3'])
    })

    it('a whole stream that was emptied', async () => {
      const anchors = await anchored()
      await sql`truncate platform.audit, platform.seal_head`.execute(database.db)
      expect(await verify(anchors)).toEqual(['AUDIT_TAIL_MISSING audit of district 1 1'])
    })

    it('a chain that was written anew from end to end, by its anchor alone', async () => {
      const anchors = await anchored()
      await sql`update platform.audit set outcome = 'refused', sealed_seq = null, sealed_hash = null`.execute(database.db)
      await sql`delete from platform.seal_head where stream = 'audit'`.execute(database.db)
      await sealStreams(database.db, 'sha256')
      expect(await verify()).toEqual([])
      expect(await verify(anchors)).toEqual(['AUDIT_ANCHOR_DIFFERS audit of district 1 4'])
    })
  })
})
