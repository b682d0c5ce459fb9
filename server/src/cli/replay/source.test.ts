import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBroken } from './record.ts'
import { inspect, rowsOf, type Format } from './source.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-source-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Rows as "line: cells" and broken ones as "line code". */
async function read(content: string | Buffer, format: Format): Promise<string[]> {
  const file = join(folder, `file.${format}`)
  writeFileSync(file, content)
  const found: string[] = []
  for await (const row of rowsOf(file, format)) found.push(isBroken(row) ? `${row.line} ${row.code}` : `${row.line}: ${[...row.cells.values()].join('|')}`)
  return found
}

describe('reading JSONL', () => {
  it('names every broken line and keeps the rest', async () => {
    const content = Buffer.concat([
      Buffer.from('\uFEFF{"a":"一","b":1}\n{"a":\n\n[1]\r\n'),
      Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
      Buffer.from('{"a":null,"b":{"c":true}}'),
    ])
    expect(await read(content, 'jsonl')).toEqual(['1: 一|1', '2 JSON_INVALID', '4 JSON_NOT_OBJECT', '5 UTF8_INVALID', '6: |{"c":true}'])
  })

  it('reads past a line that is too long without holding it', async () => {
    expect(await read(`{"a":"${'x'.repeat(1_100_000)}"}\n{"a":"y"}\n`, 'jsonl')).toEqual(['1 LINE_TOO_LONG', '2: y'])
  })
})

describe('reading CSV', () => {
  it('reads quoted commas, quotes and line breaks, and counts lines as an editor does', async () => {
    expect(await read('a,b\r\n"1,2","say ""hi"""\r\n"x\r\ny",3\r\n\r\n4,5', 'csv')).toEqual(['2: 1,2|say "hi"', '3: x\ny|3', '6: 4|5'])
  })

  it('names every broken line and keeps the rest', async () => {
    const content = Buffer.concat([Buffer.from('a,b\n1\n1,2,3\nx"y"z,2\n'), Buffer.from([0xff, 0x2c, 0x31, 0x0a]), Buffer.from('ok,1\n')])
    expect(await read(content, 'csv')).toEqual(['2 COLUMN_COUNT', '3 COLUMN_COUNT', '4 CSV_INVALID', '5 UTF8_INVALID', '6: ok|1'])
  })

  it('loses one line, and not the file, to a quote that nobody closed', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `row ${index},1`)
    const found = await read(`a,b\n"open,1\n${rows.join('\n')}\n`, 'csv')
    expect(found[0]).toBe('2 CSV_INVALID')
    expect(found.slice(1)).toEqual(rows.map((row, index) => `${index + 3}: ${row.replace(',', '|')}`))
  })

  it('loses two lines to two such quotes, and nothing between them', async () => {
    expect(await read('a,b\n"open,1\nkept,2\nanother "open,3\nkept,4\n', 'csv')).toEqual(['2 CSV_INVALID', '3: kept|2', '4 CSV_INVALID', '5: kept|4'])
  })

  it('takes tabs where the header has them, and tells two columns of one name apart', async () => {
    expect(await read('a\ta\n1\t2\n', 'csv')).toEqual(['2: 1|2'])
    expect([...(await inspect(join(folder, 'file.csv'))).columns]).toEqual(['a', 'a (2)'])
  })
})

describe('looking through a file', () => {
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }

  it('knows its format, its columns, its rows and its digest', async () => {
    expect(await inspect(file('rows', '{"a":1}\n{"b":2}\nbroken\n'))).toMatchObject({
      format: 'jsonl',
      rows: 3,
      columns: new Set(['a', 'b']),
      digest: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    })
  })

  it('refuses by name what cannot be read at all', async () => {
    await expect(inspect(join(folder, 'absent.csv'))).rejects.toMatchObject({ code: 'FILE_MISSING' })
    await expect(inspect(file('empty.csv', ''))).rejects.toMatchObject({ code: 'FILE_EMPTY' })
    await expect(inspect(file('header.csv', Buffer.from([0xff, 0xfe, 0x61, 0x0a])))).rejects.toMatchObject({ code: 'HEADER_INVALID' })
    await expect(inspect(file('nothing.jsonl', 'no\njson\n'))).rejects.toMatchObject({ code: 'NOTHING_READABLE', details: [{ line: 1 }, { line: 2 }] })
  })
})
