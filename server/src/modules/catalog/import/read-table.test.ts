import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { importCatalogue } from './import-catalogue.ts'

const HEADER = ['domain', 'classCode', 'className', 'code', 'name', 'filing', 'closing', 'limit']
const TEXT = `${HEADER.join()}\r\nevent,01,市容环境,01,"私搭,乱建","正在建的\n已建的",恢复,1天\r\n\r\n`
const EXPECTED = [{ key: 'local-event-0101', name: '私搭,乱建', conditions: [{ filing: '正在建的\n已建的' }] }]
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The text of TEXT in GB18030; the platform has a decoder only. */
const GB18030 = Buffer.from(
  Buffer.from(`${HEADER.join()}\r\nevent,01,`).toString('hex') +
    'cad0c8ddbbb7beb3' +
    Buffer.from(',01,"').toString('hex') +
    'cbbdb4ee' +
    '2c' +
    'c2d2bda8' +
    Buffer.from('","').toString('hex') +
    'd5fdd4dabda8b5c4' +
    '0a' +
    'd2d1bda8b5c4' +
    Buffer.from('",').toString('hex') +
    'bbd6b8b4' +
    Buffer.from(',1').toString('hex') +
    'ccec' +
    '0d0a',
  'hex',
)

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('the bytes of a table', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', bytes(TEXT)],
    ['UTF-8 with a byte order mark', bytes(`\uFEFF${TEXT}`)],
    ['UTF-16 with a byte order mark', new Uint8Array(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'))],
    ['GB18030', GB18030],
    ['tabs', bytes('domain\tclassCode\tclassName\tcode\tname\tfiling\tclosing\tlimit\nevent\t1\t市容环境\t1\t"私搭,乱建"\t"正在建的\n已建的"\t恢复\t1天')],
  ])('are understood as %s', async (_, file) => {
    const { matters, errors } = await importCatalogue(file)
    expect(errors).toEqual([])
    expect(matters).toMatchObject(EXPECTED)
  })

  it('are warned of when the encoding was inferred', async () => {
    expect((await importCatalogue(GB18030)).warnings).toEqual([{ row: null, pointer: '', code: 'ENCODING_GB18030', data: {} }])
  })

  it.each<[string, Uint8Array]>([
    ['FILE_EMPTY', new Uint8Array()],
    ['FILE_EMPTY', bytes(' \n')],
    ['FILE_TOO_LARGE', new Uint8Array(20 * 1024 * 1024 + 1)],
    ['FILE_FORMAT_UNKNOWN', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ['FILE_MALFORMED', bytes('[{"a":')],
    ['FILE_MALFORMED', bytes('a,b\n"1,2\n')],
    ['FILE_MALFORMED', bytes('PK not a zip at all')],
    ['COLUMN_DUPLICATE', bytes('a,a\n1,2\n')],
    ['ENCODING_UNKNOWN', new Uint8Array(Buffer.from(TEXT, 'utf16le'))],
    ['ENCODING_UNKNOWN', new Uint8Array([0x61, 0xff, 0xff, 0x0a])],
    // 市容環境,路燈故障 in Big5.
    ['ENCODING_UNKNOWN', new Uint8Array(Buffer.from('a5abae65c0f4b9d22cb8f4bf4fac47bbd9', 'hex'))],
  ])('are refused with %s', async (code, file) => {
    expect((await importCatalogue(file)).errors).toEqual([expect.objectContaining({ row: null, code })])
  })
})

describe('a workbook', () => {
  const rows = [HEADER, ['event', 1, '市容环境', 1, '私搭乱建', '正在建的', '恢复', '1天'], ['event', 1, '市容环境', 1, '私搭乱建', '已建的', '恢复', '15天']]

  it('is read from its first sheet, or from the named one', async () => {
    const file = await workbook((book) => {
      book.addWorksheet('说明').addRows([['a'], [1]])
      book.addWorksheet('事项').addRows(rows)
    })
    expect((await importCatalogue(file, { sheet: '事项' })).matters).toMatchObject([{ key: 'local-event-0101', conditions: [{ rowNo: 1 }, { rowNo: 2 }] }])
    expect((await importCatalogue(file)).errors).toMatchObject([{ code: 'MAPPING_UNKNOWN' }])
    expect((await importCatalogue(file, { sheet: '别的' })).errors).toMatchObject([{ code: 'SHEET_UNKNOWN', data: { sheets: '说明, 事项' } }])
  })

  it('counts a merged cell for every row that it covers', async () => {
    const file = await workbook((book) => {
      const sheet = book.addWorksheet('事项')
      sheet.addRows(rows)
      for (const column of ['A', 'B', 'C', 'D', 'E', 'G']) sheet.mergeCells(`${column}2:${column}3`)
    })
    const { matters, errors } = await importCatalogue(file)
    expect(errors).toEqual([])
    expect(matters).toMatchObject([{ conditions: [{ filing: '正在建的' }, { filing: '已建的' }] }])
  })

  it('gives up rich text, formulas and dates as the text that they show, and its own row numbers', async () => {
    const file = await workbook((book) => {
      const sheet = book.addWorksheet('事项')
      sheet.addRows([[], HEADER])
      sheet.addRow([
        'event',
        { formula: '0+1', result: 1 },
        '市容环境',
        1,
        { richText: [{ text: '私搭' }, { text: '乱建' }] },
        new Date('2026-01-02'),
        { text: '恢复', hyperlink: 'https://example.org' },
        '1旬',
      ])
      sheet.addRow(['event', { error: '#N/A' }, '市容环境', 1, '乙', '丙', '丁', '1天'])
    })
    const { errors } = await importCatalogue(file)
    expect(errors).toMatchObject([
      { row: 4, code: 'CELL_INVALID', data: { cell: 'B4' } },
      { row: 3, code: 'LIMIT_UNIT_UNKNOWN' },
      { row: 4, code: 'FIELD_EMPTY', pointer: '/rows/1/classCode' },
    ])
  })
})
