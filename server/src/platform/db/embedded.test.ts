import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openDataFolder, type DataFolder } from '../data-folder.ts'
import { startEmbedded, type EmbeddedDatabase, type EmbeddedStep } from './embedded.ts'

let above = ''
let dataFolder: DataFolder
let steps: EmbeddedStep[] = []
let socketFolder = ''

beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), 'linli-embedded-'))
  chmodSync(above, 0o711)
  // Not ASCII, and too long for a socket.
  dataFolder = await openDataFolder(join(above, '数据'.repeat(20)))
  // What an interrupted first start leaves.
  mkdirSync(join(dataFolder.path, 'postgres.new'))
  writeFileSync(join(dataFolder.path, 'postgres.new', 'PG_VERSION'), '18')
})
afterEach(() => {
  steps = []
})
afterAll(() => {
  dataFolder.release()
  rmSync(above, { recursive: true, force: true })
  rmSync(socketFolder, { recursive: true, force: true })
})

const start = () => startEmbedded({ dataFolder, log: { info: () => undefined, warn: () => undefined }, onProgress: (step) => steps.push(step) })

async function ask(database: EmbeddedDatabase, text: string): Promise<string[]> {
  const client = new pg.Client(database.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<string[]>({ text, rowMode: 'array' })).rows.map((row) => String(row[0]))
  } finally {
    await client.end()
  }
}

const postmaster = () => Number.parseInt(readFileSync(join(dataFolder.path, 'postgres', 'postmaster.pid'), 'utf8'), 10)

test('the first start makes a durable UTF-8 database that finds Chinese and listens on a short private socket alone', async () => {
  const database = await start()
  socketFolder = database.connection.host
  expect(Buffer.byteLength(join(socketFolder, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107)
  expect(
    await ask(
      database,
      "select current_setting(name) from unnest(array['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'jit']) name",
    ),
  ).toEqual(['on', 'on', 'on', 'on', '', 'off'])
  expect(await ask(database, 'select datctype from pg_database where datname = current_database()')).toEqual(['C.UTF-8'])
  expect(await ask(database, "select 1 where '坏了的路灯' like '%路灯%' and cardinality(show_trgm('路灯')) > 0")).toEqual(['1'])
  await ask(database, 'create table kept as select 1 as n')
  await database.stop()
  expect(existsSync(join(dataFolder.path, 'postgres', 'postmaster.pid'))).toBe(false)
  await database.exited
}, 30_000)

test('a later start makes nothing anew and finds the data', async () => {
  const database = await start()
  expect(steps).toEqual(['prepare', 'start', 'ready'])
  expect(await ask(database, 'select n from kept')).toEqual(['1'])
  await database.stop()
}, 30_000)

test('a server that a killed process left behind is stopped and started anew', async () => {
  const leftOver = await start()
  const pid = postmaster()
  const database = await start()
  await leftOver.exited
  expect(steps).toContain('stopLeftOver')
  expect(postmaster()).not.toBe(pid)
  expect(await ask(database, 'select n from kept')).toEqual(['1'])
  await database.stop()
}, 30_000)

test('after kill -9 of the server under a busy session nothing acknowledged is lost', async () => {
  const killed = await start()
  await ask(killed, 'insert into kept values (2)')
  void ask(killed, 'select count(*) from generate_series(1, 3000000000)').catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 200))
  process.kill(postmaster(), 'SIGKILL')
  await killed.exited
  const database = await start()
  expect(await ask(database, 'select n from kept order by n')).toEqual(['1', '2'])
  await database.stop()
}, 30_000)

test('a pid file whose number went to another process does not keep the server from starting', async () => {
  writeFileSync(join(dataFolder.path, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataFolder.path}/postgres\n1\n5432\n`)
  const database = await start()
  await database.stop()
}, 30_000)

test('settings that the server refuses are reported in its own words', async () => {
  const settings = { work_mem: 'a lot' }
  const refused = startEmbedded({ dataFolder, log: { info: () => undefined, warn: () => undefined }, settings })
  await expect(refused).rejects.toMatchObject({ code: 'DATABASE_START_FAILED', message: expect.stringContaining('work_mem') })
}, 30_000)

test('a folder of another major version is refused before anything in it is touched', async () => {
  writeFileSync(join(dataFolder.path, 'postgres', 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toMatchObject({ code: 'DATABASE_OTHER_MAJOR', message: expect.stringContaining('17') })
})
