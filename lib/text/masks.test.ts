import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMasked, maskText, maskValue, type Mask } from './masks.ts'

describe('a mask', () => {
  it.each<[mask: Mask, value: string, shown: string]>([
    ['name', '张三', '张*'],
    ['name', '张小三', '张**'],
    ['name', '欧阳修文', '欧阳**'],
    ['name', '诸葛亮', '诸葛*'],
    ['name', '欧阳', '欧*'],
    ['name', '王', '王*'],
    ['phone', '13812341234', '138****1234'],
    ['phone', '+86 138-1234-1234', '138****1234'],
    ['phone', '１３８１２３４１２３４', '138****1234'],
    ['phone', '110', '***'],
    ['contact', 'someone@example.org', 's***@example.org'],
    ['contact', '0632-3312345', '063****2345'],
    ['idNumber', '11010519491231002X', '1****************X'],
    ['idNumberStaff', '11010519491231002X', '110105********002X'],
    ['plate', '鲁D·A0012', '鲁D***12'],
    ['plate', '鲁DD12345', '鲁D***45'],
    ['account', '6222 0212 3456 7890', '****7890'],
    ['address', '枣庄市薛城区临城街道凤凰社区3号楼2单元501', '枣庄市薛城区临城街道凤凰社区***'],
    ['address', '薛城区临城街道燕山路12号', '薛城区临城街道***'],
    ['address', '燕山路阳光小区12号楼', '燕山路***'],
    ['address', '凤凰社区', '凤凰社区'],
    ['address', '门口', '***'],
    ['none', '原样', '原样'],
    ['contact', '', ''],
  ])('%s makes %s into %s', (mask, value, shown) => expect(maskValue(mask, value)).toBe(shown))

  it('hides at least three digits of every number, and all of a short one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), fc.constantFrom<Mask>('contact', 'phone', 'account', 'idNumber'), (digits, mask) => {
        const shown = maskValue(mask, digits).replaceAll('*', '').length
        expect(shown).toBeLessThanOrEqual(7)
        expect(digits.length - shown).toBeGreaterThanOrEqual(Math.min(digits.length, 3))
      }),
    )
  })
})

describe('what somebody said, scanned', () => {
  it.each([
    ['请打13812341234找我', '请打138****1234找我'],
    ['电话：138 1234 1234。', '电话：138****1234。'],
    ['打１３８１２３４１２３４', '打138****1234'],
    ['+86-13812341234', '138****1234'],
    ['我的号码是一三八一二三四一二三四', '我的号码是一三八****一二三四'],
    ['座机0632-3312345', '座机063****2345'],
    ['身份证11010519491231002X，', '身份证1****************X，'],
    ['旧证110105491231002', '旧证1****************2'],
    ['鲁D12345占道，鲁D·A0012也是', '鲁D***45占道，鲁D***12也是'],
    ['新能源车鲁DD12345', '新能源车鲁D***45'],
    ['写信到zhang.san@example.com.cn吧', '写信到z***@example.com.cn吧'],
    ['卡号6222021234567894', '卡号****7894'],
  ])('%s is shown as %s', (said, shown) => expect(maskText(said)).toBe(shown))

  it.each([
    '拨打12345、110无人接',
    '案件 LL-20261122-000123',
    '部件 3704020101000001',
    '2026年11月22日8:30，水深15厘米',
    '经度117.323712，纬度34.810456',
    '电线杆编号 2026112213',
    '新开了一家A店，苏打水很好',
  ])('%s stays as said', (said) => expect(maskText(said)).toBe(said))

  it('masked again stays the same, and no long number of a person survives', () => {
    const phone = fc.stringMatching(/^1[3-9]\d{9}$/)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), phone, fc.string({ unit: 'grapheme' }), (front, number, back) => {
        fc.pre(!/[\d０-９]\s*-?$/.test(front) && !/^\s*-?[\d０-９]/.test(back))
        const shown = maskText(front + number + back)
        expect(shown).not.toContain(number)
        expect(maskText(shown)).toBe(shown)
      }),
    )
  })

  it('comes to an end, however many beginnings of a number it holds', () => {
    for (const text of ['1'.repeat(20_000), '1 '.repeat(10_000), 'a@'.repeat(10_000), `${'a.'.repeat(10_000)}@`, '鲁D'.repeat(10_000)])
      expect(typeof maskText(text)).toBe('string')
  })
})

describe('a mask that comes back', () => {
  it.each<[Mask, string, boolean]>([
    ['name', '张*', true],
    ['name', '欧阳＊＊', true],
    ['name', '张三', false],
    ['contact', '138****1234', true],
    ['contact', 's***@example.org', true],
    ['contact', '13812341234', false],
    ['contact', '转*8', false],
  ])('%s %s is told from a real value: %s', (mask, value, expected) => expect(isMasked(mask, value)).toBe(expected))
})
