import { jointEvent } from '@linli/contract/workflows/joint-event'
import { describe, expect, test } from 'vitest'
import { createWords } from '../../i18n/index.ts'
import type { CaseDetail, Strand } from '../case/types.ts'
import { likenessText } from './likeness.ts'
import { repliesOf } from './replies.ts'
import { waitingLines } from './waiting.ts'

const words = createWords('zh-CN')
const token = (permission: string | null, unit: string | null = null, other: CaseDetail['next'][number]['case'] = null) => ({
  permission,
  unit,
  unitName: unit && `单位${unit}`,
  case: other,
})
const strand = (kind: string, state: string, unit: string | null, by: string) => ({ kind, state, unit, by }) as Strand
const shown = (state: string, next: CaseDetail['next'], strands: Strand[] = [], me?: { unitCode: string; permissions: string[] }) =>
  waitingLines(words, jointEvent, { case: { state, owner: 'w' }, next, strands }, me).map(({ unitName, acts, mine }) => [unitName, acts.join('、'), mine])

describe('whom a case waits for', () => {
  test('is the unit and what it shall do, and says when it is the reader', () => {
    const next = [token('cases.handle', 'w')]
    expect(shown('handling', next)).toEqual([['单位w', '处置完毕', false]])
    expect(shown('handling', next, [], { unitCode: 'w', permissions: ['cases.handle'] })).toEqual([['单位w', '处置完毕', true]])
    expect(shown('handling', next, [], { unitCode: 'x', permissions: ['cases.handle'] })).toEqual([['单位w', '处置完毕', false]])
  })

  test('is whoever holds the right where no unit is named, and a send-back is not what it waits for', () => {
    expect(shown('handled', [token('cases.check')])).toEqual([[null, '核查通过', false]])
    expect(shown('disputed', [token('cases.arbitrate')])).toEqual([[null, '退回成立，改派、退回不成立，仍由其办理', false]])
  })

  test('counts what runs beside the steps, each to its own unit, the reader’s first', () => {
    const strands = [strand('whistle', 'called', 'r', 'w'), strand('extension', 'asked', null, 'w')]
    const next = [token('cases.approve'), token('cases.handle', 'w'), token('cases.handle', 'r'), token('cases.whistle', 'w')]
    expect(shown('handling', next, strands, { unitCode: 'r', permissions: ['cases.handle'] })).toEqual([
      ['单位r', '报到', true],
      [null, '延期申请：待初审', false],
      ['单位w', '处置完毕、评议到场情况', false],
    ])
  })

  test('tells what the reader may do apart from what others of the unit have to do', () => {
    const strands = [strand('supervise', 'ordered', 'w', 's')]
    const next = [token('cases.handle', 'w'), token('cases.accept', 'w'), token('cases.supervise', 's')]
    expect(shown('handling', next, strands, { unitCode: 'w', permissions: ['cases.accept'] })).toEqual([
      ['单位w', '答复督办', true],
      ['单位w', '处置完毕', false],
      ['单位s', '办结督办', false],
    ])
  })

  test('is another case where it is linked, and the right itself where the workflow is not known', () => {
    const other = { id: 'a', number: 'LL-1' }
    expect(
      waitingLines(words, jointEvent, { case: { state: 'linked', owner: null }, next: [token(null, null, other)], strands: [] }, undefined)[0]?.case,
    ).toEqual(other)
    expect(waitingLines(words, undefined, { case: { state: 'later', owner: null }, next: [token('cases.file')], strands: [] }, undefined)[0]?.acts).toEqual([
      '受理立案',
    ])
  })
})

test('what the reporter was told is read from the ledger, newest first, and what was said on the way is told apart', () => {
  const line = (seq: number, move: string, payload: object) => ({ seq, at: `t${seq}`, move, unitName: 'u', payload })
  expect(repliesOf([line(1, 'report', {}), line(2, 'inform', { publicReply: '已派人' }), line(3, 'close', { publicReply: '已修好' })])).toEqual([
    { seq: 3, at: 't3', unitName: 'u', text: '已修好', interim: false },
    { seq: 2, at: 't2', unitName: 'u', text: '已派人', interim: true },
  ])
})

test('what is alike between two cases is said in words', () => {
  const row = { case: { matterKey: 'm' }, metres: 42.4, hours: 26, words: 0.5, score: 1 } as Parameters<typeof likenessText>[1]
  expect(likenessText(words, row, 'm')).toBe('相距 42 米 · 相差 1 天 2 小时 · 同一事项 · 用语相近 50%')
  expect(likenessText(words, { ...row, words: 0 }, 'other')).toBe('相距 42 米 · 相差 1 天 2 小时')
})
