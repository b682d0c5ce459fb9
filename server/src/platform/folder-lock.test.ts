import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'
import { identifyProcess } from './process-identity.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder is locked once and free again after release', async () => {
  const release = await lockFolder(folder, file)
  await expect(lockFolder(folder, file)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE', message: expect.stringContaining(String(process.pid)) })
  release()
  expect(existsSync(file)).toBe(false)
  ;(await lockFolder(folder, file))()
})

test('of ten starts at once exactly one gets the folder, also over a stale lock', async () => {
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'gone:1' }))
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(folder, file)))
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
})

test('a lock of a process that ended is taken over', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  const identity = identifyProcess(child.pid ?? 0)
  await once(child, 'exit')
  writeFileSync(file, JSON.stringify(identity))
  ;(await lockFolder(folder, file))()
})

test.runIf(existsSync('/proc/self/stat'))('a lock whose number went to another process is taken over', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'an earlier boot:17' }))
  ;(await lockFolder(folder, file))()
})

test('a torn lock is taken over after a while', async () => {
  writeFileSync(file, '{"pid": 1')
  ;(await lockFolder(folder, file))()
})

test('a lock that another start took over meanwhile is not released by the first', async () => {
  const release = await lockFolder(folder, file)
  const other = JSON.stringify({ pid: 1, startedAt: 'x' })
  writeFileSync(file, other)
  release()
  expect(existsSync(file)).toBe(true)
})
