import { describe, expect, it } from 'vitest'
import { exportRows } from './export-rows.ts'
import { importCatalogue, type CatalogueOptions } from './import-catalogue.ts'
import { sharedData } from './testing/shared-data.ts'

const HEADER = 'scheme,domain,classCode,className,code,name,filing,closing,limit,ownerText,supervisorText'
const ROW = 'gbt30428,component,1,公用设施,37,路灯,单灯不亮,恢复,2天,照明所,城管局'
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const csv = (...rows: string[]) => importCatalogue(utf8([HEADER, ...rows].join('\n')))
const json = (rows: unknown, options?: CatalogueOptions) => importCatalogue(utf8(JSON.stringify(rows)), options)
const standards = sharedData('matters/filing_closing_standards.json')

describe('a catalogue from a file', () => {
  it('becomes matters with their condition rows, codes as two digits', async () => {
    const { matters, warnings, errors } = await csv(ROW, ROW.replace('单灯不亮', '成片不亮').replace('2天', '２ 紧急工作时'))
    expect({ warnings, errors }).toEqual({ warnings: [], errors: [] })
    expect(matters).toEqual([
      {
        key: 'gbt30428-component-0137',
        scheme: 'gbt30428',
        domain: 'component',
        classCode: '01',
        className: '公用设施',
        code: '37',
        name: '路灯',
        aliases: [],
        workflow: 'joint-event',
        evidence: [],
        conditions: [
          {
            rowNo: 1,
            filing: '单灯不亮',
            closing: '恢复',
            limit: { clock: 'workDay', amount: 2 },
            limitText: '2天',
            ownerText: '照明所',
            supervisorText: '城管局',
          },
          {
            rowNo: 2,
            filing: '成片不亮',
            closing: '恢复',
            limit: { clock: 'urgentHour', amount: 2 },
            limitText: '２ 紧急工作时',
            ownerText: '照明所',
            supervisorText: '城管局',
          },
        ],
      },
    ])
  })

  it('keeps one code of two schemes apart', async () => {
    const { matters } = await csv(ROW, ROW.replace('gbt30428', 'cjt214').replace('路灯', '高压线铁塔'))
    expect(matters.map((matter) => matter.key)).toEqual(['gbt30428-component-0137', 'cjt214-component-0137'])
  })

  it('refuses two identical rows under one code and names both', async () => {
    const { errors } = await csv(ROW, ROW.replace('单灯', '双灯'), ROW.replace('单灯不亮', '单灯 不亮').replace('2天', '2 天'))
    expect(errors).toEqual([
      {
        row: 4,
        pointer: '/rows/2/filing',
        code: 'MATTER_CONDITION_DUPLICATE',
        data: { key: 'gbt30428-component-0137', row: 4, firstRow: 2 },
      },
    ])
  })

  it('keeps two names of one code and warns of them', async () => {
    const { matters, warnings, errors } = await csv(ROW, ROW.replace('路灯', '道路照明').replace('单灯', '双灯'))
    expect(errors).toEqual([])
    expect(matters).toMatchObject([{ name: '路灯', aliases: ['路灯', '道路照明'] }])
    expect(warnings).toEqual([{ row: 3, pointer: '/rows/1/name', code: 'CODE_TWO_NAMES', data: { key: 'gbt30428-component-0137', names: '路灯、道路照明' } }])
  })

  it.each([
    ['LIMIT_UNIT_UNKNOWN', '/rows/0/limit', ROW.replace('2天', '2旬')],
    ['LIMIT_EMPTY', '/rows/0/limit', ROW.replace('2天', '')],
    ['LIMIT_AMOUNT', '/rows/0/limit', ROW.replace('2天', '尽快')],
    ['FIELD_EMPTY', '/rows/0/name', ROW.replace('路灯', ' ')],
    ['FIELD_EMPTY', '/rows/0/closing', ROW.replace('恢复', '')],
    ['SCHEME_UNKNOWN', '/rows/0/scheme', ROW.replace('gbt30428', 'iso')],
    ['DOMAIN_INVALID', '/rows/0/domain', ROW.replace('component', '部 件')],
    ['CODE_INVALID', '/rows/0/code', ROW.replace('37', '137')],
    ['CODE_INVALID', '/rows/0/classCode', ROW.replace(',1,', ',A,')],
    ['ROW_LENGTH', '/rows/0', `${ROW},one more`],
    ['TEXT_TOO_LONG', '/rows/0/filing', ROW.replace('单灯不亮', '暗'.repeat(20_001))],
  ])('refuses with %s at %s', async (code, pointer, row) => {
    const { errors } = await csv(row, ROW.replace('单灯', '双灯'))
    expect(errors).toContainEqual(expect.objectContaining({ row: 2, code, pointer }))
  })

  it('takes the words of other systems by a mapping', async () => {
    const mapping = {
      domain: '类别',
      classCode: '大类 代码',
      className: '大类',
      code: '小类代码',
      name: '小类',
      filing: '立案条件',
      closing: '结案条件',
      limit: '时限',
    }
    const row = {
      类别: '事件',
      '大类\n代码': 1,
      大类: '市容环境',
      小类代码: 2,
      小类: '无证装修',
      立案条件: '无证',
      结案条件: '停止',
      时限: '1天',
      备注: '-',
    }
    const { matters, warnings, errors } = await json([row], { mapping, scheme: 'gbt30428' })
    expect(errors).toEqual([])
    expect(matters[0]?.key).toBe('gbt30428-event-0102')
    expect(warnings).toEqual([{ row: null, pointer: '', code: 'COLUMN_UNUSED', data: { column: '备注' } }])
  })

  it.each<[string, unknown, CatalogueOptions | undefined]>([
    ['MAPPING_UNKNOWN', [{ a: 1 }], undefined],
    ['COLUMN_MISSING', [{ a: 1 }], { mapping: { name: 'b' } }],
    ['FIELD_UNKNOWN', [{ a: 1 }], { mapping: { colour: 'a' } }],
    ['ROWS_NONE', [], undefined],
    ['FILE_MALFORMED', [1], undefined],
    ['FILE_MALFORMED', { list: [] }, undefined],
    ['ROWS_TOO_MANY', Array.from({ length: 20_001 }, () => ({ a: 1 })), undefined],
  ])('cannot be read at all: %s', async (code, rows, options) => {
    const { matters, errors } = await json(rows, options)
    expect(matters).toEqual([])
    expect(errors).toEqual([expect.objectContaining({ row: null, code })])
  })

  it('says where a matter disagrees with itself', async () => {
    const row = {
      scheme: 'local',
      domain: 'event',
      classCode: '1',
      className: '市容',
      code: '1',
      name: '甲',
      filing: 'a',
      closing: 'b',
      limit: '1天',
      form: { type: 'object' },
      evidence: ['照片'],
    }
    const { matters, errors } = await json([
      row,
      { ...row, filing: 'c', form: '', evidence: '' },
      { ...row, filing: 'd', form: { type: 'array' }, evidence: '照片、视频' },
    ])
    expect(matters).toMatchObject([{ form: { type: 'object' }, evidence: ['照片'] }])
    expect(errors.map(({ row: number, pointer, code }) => [number, pointer, code])).toEqual([
      [3, '/rows/2/form', 'MATTER_FIELD_CONFLICT'],
      [3, '/rows/2/evidence', 'MATTER_FIELD_CONFLICT'],
    ])
  })

  it('stops counting errors after a thousand', async () => {
    const { errors } = await csv(...Array.from({ length: 1500 }, () => ROW.replace('2天', '2旬')))
    expect(errors).toHaveLength(1001)
    expect(errors.at(-1)?.code).toBe('PROBLEMS_TOO_MANY')
  })

  it('is not led astray by names of JavaScript', async () => {
    const { errors } = await importCatalogue(utf8('[{"__proto__":{"domain":"event"},"constructor":"x"}]'))
    expect(errors).toEqual([expect.objectContaining({ code: 'MAPPING_UNKNOWN' })])
  })

  it('comes back the same from its own export', async () => {
    const row = {
      domain: 'event',
      classCode: '1',
      className: '市容',
      code: '1',
      name: '甲',
      aliases: '["甲","乙"]',
      description: '说明',
      workflow: 'quick',
      filing: 'a',
      closing: 'b',
      limit: '1天制止',
      form: { type: 'object' },
      evidence: ['照片、远景'],
      legalBasis: '第3条',
      note: '拍标识',
    }
    const first = await json([row, { ...row, filing: 'c' }, { ...row, code: '2', filing: '', closing: '', limit: '' }])
    expect(first.warnings).toEqual([expect.objectContaining({ code: 'MATTER_WITHOUT_CONDITION' })])
    const second = await json(exportRows(first.matters))
    expect(second.errors).toEqual([])
    expect(second.matters).toEqual(first.matters)
  })
})

describe.skipIf(!standards)('the filing and closing standards of a real city', () => {
  it('give 519 condition rows of 190 matters without a warning, and come back from the export', async () => {
    const { matters, warnings, errors } = await importCatalogue(standards ?? new Uint8Array(), { scheme: 'gbt30428' })
    expect({ warnings, errors }).toEqual({ warnings: [], errors: [] })
    const conditions = (domain: string) => matters.filter((matter) => matter.domain === domain).flatMap((matter) => matter.conditions)
    expect([matters.length, conditions('component').length, conditions('event').length]).toEqual([190, 375, 144])
    expect(matters[0]).toMatchObject({ key: 'gbt30428-component-0101', name: '上水井盖' })
    expect((await json(exportRows(matters))).matters).toEqual(matters)
  })
})
