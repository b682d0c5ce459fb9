import { createHash, generateKeyPairSync } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeAnchor } from '../../platform/audit/anchor.ts'
import { openPlatformDatabase, type PlatformDatabase } from '../../platform/testing/platform-database.ts'
import { anchorPartOf } from './anchor-part.ts'
import { connectTo } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-anchor-part-'))
const file = join(folder, 'anchor.jsonl')
const key = generateKeyPairSync('ed25519').privateKey
let database: PlatformDatabase

beforeAll(async () => {
  database = await openPlatformDatabase()
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function anchorSomething(seq: number): Promise<void> {
  await database.pool.query(
    "insert into platform.outbox (district_id, case_id, seq, topic, at, hash, payload) values (1, '01a20516-21f5-7002-bedc-8ac040ed1f4f', $1, 'case.moved', now(), 'h', '{}')",
    [seq],
  )
  await writeAnchor(database.db, file, key, () => 0)
}

it('ends at the anchor that the snapshot knows, also where the file has run ahead and holds a torn line', async () => {
  const client = await connectTo(database.connection)
  try {
    expect(await anchorPartOf(file, client)).toBeUndefined()
    await anchorSomething(1)
    appendFileSync(file, '{"anchor":{"n":2')
    await anchorSomething(2)
    const known = readFileSync(file)
    await client.query('begin isolation level repeatable read read only')
    await client.query('select 1 from platform.setting')
    await anchorSomething(3)
    await anchorSomething(4)
    const part = await anchorPartOf(file, client)
    expect(part).toMatchObject({ n: 2, bytes: known.length, sha256: createHash('sha256').update(known).digest('hex') })
  } finally {
    await client.end()
  }
})
