import { describe, expect, it } from 'vitest'
import { importHotlineCategories } from './import-hotline.ts'
import { sharedData } from './testing/shared-data.ts'

const HEADER = 'level_1_code,level_1_name,level_2_code,level_2_name,level_3_code,level_3_name,remark'
const read = (...rows: string[]) => importHotlineCategories(new TextEncoder().encode([HEADER, ...rows].join('\n')))
const categories = sharedData('matters/hotline_categories.csv')

describe('a hotline classification', () => {
  it('becomes matters without condition rows, and a level 3 without a name is its level 2', async () => {
    const { matters, groups, errors } = await read('1,科教文体,101,科技事务,10101,科技服务,说明', '01,科教文体,0106,新闻出版,010600,,')
    expect(errors).toEqual([])
    expect(groups).toEqual({ '01': '科教文体' })
    expect(matters).toMatchObject([
      {
        key: 'local-hotline-010101',
        domain: 'hotline',
        classCode: '0101',
        className: '科技事务',
        code: '01',
        name: '科技服务',
        description: '说明',
        conditions: [],
      },
      { key: 'local-hotline-010600', classCode: '0106', code: '00', name: '新闻出版' },
    ])
  })

  it('keeps a code printed under another level 2 with that level 2 behind its key, in whatever order', async () => {
    const rows = ['09,民政,0904,生活服务,090499,其他生活服务,', '09,民政,0905,民族宗教,090499,其他民族宗教,']
    for (const order of [rows, rows.toReversed()]) {
      const { matters, warnings, errors } = await read(...order)
      expect(errors).toEqual([])
      expect(Object.fromEntries(matters.map((matter) => [matter.key, matter.name]))).toEqual({
        'local-hotline-090499': '其他生活服务',
        'local-hotline-090499~0905': '其他民族宗教',
      })
      expect(warnings).toMatchObject([{ code: 'HOTLINE_CODE_OUTSIDE_PARENT', data: { code: '090499', parent: '0905' } }])
    }
  })

  it('refuses one code twice under one level 2, codes of the wrong length, and missing columns', async () => {
    const row = '09,民政,0904,生活服务,090499,其他,'
    expect((await read(row, row)).errors).toMatchObject([{ row: 3, code: 'HOTLINE_CODE_DUPLICATE', data: { firstRow: 2 } }])
    expect((await read(row.replace('0904,', '90400,'))).errors).toMatchObject([{ row: 2, pointer: '/rows/0/level_2_code', code: 'CODE_INVALID' }])
    expect((await importHotlineCategories(new TextEncoder().encode('a,b\n1,2'))).errors).toMatchObject([{ code: 'COLUMN_MISSING' }])
  })

  it.skipIf(!categories)('of a real province gives 515 categories with 515 keys', async () => {
    const { matters, groups, warnings, errors } = await importHotlineCategories(categories ?? new Uint8Array())
    expect(errors).toEqual([])
    expect([
      matters.length,
      new Set(matters.map((matter) => matter.key)).size,
      new Set(matters.map((matter) => matter.classCode)).size,
      Object.keys(groups).length,
    ]).toEqual([515, 515, 99, 14])
    expect(warnings.map((warning) => warning.code)).toEqual(['HOTLINE_CODE_OUTSIDE_PARENT'])
  })
})
