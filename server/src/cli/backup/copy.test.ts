import { createHash } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlatformDatabase, type PlatformDatabase } from '../../platform/testing/platform-database.ts'
import { CopyIn, CopyOut } from './copy.ts'
import { connectTo } from './store.ts'
import { listSequences, listTables, quotedColumns, quotedTable } from './tables.ts'

describe('COPY in both directions', () => {
  let database: PlatformDatabase
  let client: pg.Client
  beforeAll(async () => {
    database = await openPlatformDatabase()
    client = await connectTo(database.connection)
    await client.query(`create schema odd; create table odd.parent (id bigserial primary key, "Said ""so""" text, twice text generated always as (id || 'x') stored);
      create table odd.a_child (parent_id bigint references odd.parent, at timestamptz, value jsonb, bytes bytea, ratio double precision);
      create table odd.copy (like odd.a_child)`)
    await client.query(`insert into odd.parent ("Said ""so""") select repeat('路灯\t坏了\n\\', 50) from generate_series(1, 3000)`)
    await client.query(
      `insert into odd.a_child select id, '2026-11-22T00:00:00.123456Z'::timestamptz + id * interval '1 s', jsonb_build_object('a', null, 'b', E'\\\\'), '\\x00ff'::bytea, id / 3.0 from odd.parent`,
    )
    await client.query('insert into odd.a_child values (null, null, null, null, null)')
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  const table = async (name: string) => {
    const found = (await listTables(client)).find((each) => each.name === name)
    if (!found) throw new Error(`no table ${name}`)
    return found
  }
  async function copyOut(text: string): Promise<{ bytes: Buffer; rows: number }> {
    const copy = client.query(new CopyOut(text))
    const chunks: Buffer[] = []
    for await (const chunk of copy.chunks()) chunks.push(chunk)
    return { bytes: Buffer.concat(chunks), rows: await copy.ended }
  }

  it('brings every value back: tabs, line ends, backslashes, nulls, bytes, fractions and microseconds', async () => {
    const child = await table('a_child')
    const out = await copyOut(`copy ${quotedTable(child)} ${quotedColumns(child)} to stdout`)
    expect(out.rows).toBe(3001)
    const into = client.query(new CopyIn('copy odd.copy from stdin'))
    for (let at = 0; at < out.bytes.length; at += 1000) await into.write(out.bytes.subarray(at, at + 1000))
    expect(await into.finish()).toBe(3001)
    const differ = await client.query('(table odd.a_child except table odd.copy) union all (table odd.copy except table odd.a_child)')
    expect(differ.rows).toEqual([])
  })

  it('loses no byte of a big table to a slow reader', async () => {
    const copy = client.query(new CopyOut(`copy (select id, repeat(md5(id::text), 2000) from generate_series(1, 400) as id) to stdout`))
    const chunks: Buffer[] = []
    for await (const chunk of copy.chunks()) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      chunks.push(chunk)
    }
    expect(await copy.ended).toBe(400)
    const lines = Buffer.concat(chunks).toString('latin1').trimEnd().split('\n')
    const whole = lines.every(
      (line, index) =>
        line ===
        `${index + 1}\t${createHash('md5')
          .update(String(index + 1))
          .digest('hex')
          .repeat(2000)}`,
    )
    expect([lines.length, whole]).toEqual([400, true])
  })

  it('lists a table after those that it refers to, without columns that compute themselves', async () => {
    const names = (await listTables(client)).map((each) => each.name)
    expect(names.indexOf('parent')).toBeLessThan(names.indexOf('a_child'))
    expect((await table('parent')).columns).toEqual(['id', 'Said "so"'])
  })

  it('knows where the sequences stand', async () => {
    expect(await listSequences(client)).toContainEqual({ schema: 'odd', name: 'parent_id_seq', lastValue: '3000', isCalled: true })
  })

  it('gives the database’s own error and leaves the connection usable, in both directions', async () => {
    await expect(copyOut('copy odd.nothing to stdout')).rejects.toMatchObject({ code: '42P01' })
    const early = client.query(new CopyIn('copy odd.nothing from stdin'))
    await expect(early.write(Buffer.from('1\n'))).rejects.toMatchObject({ code: '42P01' })
    const broken = client.query(new CopyIn('copy odd.copy from stdin'))
    await broken.write(Buffer.from('not a number\n'))
    await expect(broken.finish()).rejects.toMatchObject({ code: '22P02' })
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  it('waits for a slow reader and loses nothing', async () => {
    const copy = client.query(new CopyOut("copy (select repeat('x', 1000) from generate_series(1, 30000)) to stdout"))
    let bytes = 0
    for await (const chunk of copy.chunks()) {
      bytes += chunk.length
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect([bytes, await copy.ended]).toEqual([30_030_000, 30_000])
  })
})
