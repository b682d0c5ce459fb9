import { mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultDataFolder, openDataFolder, requireFreeSpace } from './data-folder.ts'

let above = ''
beforeEach(() => {
  above = realpathSync(mkdtempSync(join(tmpdir(), 'linli-data-')))
})
afterEach(() => rmSync(above, { recursive: true }))

test('data lies in /var/lib/linli for root and beside the program for anybody else', () => {
  expect(defaultDataFolder('/home/me/linli', 0)).toBe('/var/lib/linli')
  expect(defaultDataFolder('/home/me/linli', 1000)).toBe('/home/me/linli/.linli')
})

test('the folder and its subfolders are made, and others cannot list them', async () => {
  const data = await openDataFolder(join(above, 'a', 'b'))
  expect(data.path).toBe(join(above, 'a', 'b'))
  expect(statSync(data.path).mode & 0o066).toBe(0)
  expect(statSync(data.folder('blobs')).mode & 0o777).toBe(0o700)
  data.release()
})

test('a second opening is refused with the pid, also through a symbolic link', async () => {
  const data = await openDataFolder(join(above, 'real'))
  symlinkSync(data.path, join(above, 'link'))
  await expect(openDataFolder(join(above, 'link'))).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE', message: expect.stringContaining(String(process.pid)) })
  data.release()
  ;(await openDataFolder(join(above, 'link'))).release()
})

test('a disk without room is refused with what it has and needs', async () => {
  expect(() => requireFreeSpace(above, Number.MAX_SAFE_INTEGER)).toThrow(expect.objectContaining({ code: 'DISK_FULL' }))
  await expect(openDataFolder(join(above, 'full'), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringMatching(/has \d+ MB free and needs \d+ MB/),
  })
})

test('a file in the place of the folder is a named error', async () => {
  writeFileSync(join(above, 'file'), '')
  await expect(openDataFolder(join(above, 'file', 'data'))).rejects.toMatchObject({ code: 'DATA_FOLDER_NOT_WRITABLE' })
})
