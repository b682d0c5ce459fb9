import { expect, test } from 'vitest'
import { csvOf } from './save.ts'

test('a table for spreadsheets quotes what it must and hands no formula on', async () => {
  const bytes = new Uint8Array(
    await csvOf([
      ['名称', 'a"b', 'x,y'],
      ['=1+1', null, -3],
    ]).arrayBuffer(),
  )
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe('名称,"a""b","x,y"\r\n\'=1+1,,-3\r\n')
})
