import { INDICATORS } from '@linli/contract/endpoints/reach'
import { CHANNELS, RATINGS } from '@linli/contract/endpoints/intake'
import { errors } from '@linli/contract/errors'
import { PERMISSIONS, PURPOSES } from '@linli/contract/permissions'
import { MOVE_KINDS, NEEDS, PARTIES, STAGES, STEPS, STRANDS } from '@linli/contract/workflow'
import { workflows, workflowVersions } from '@linli/contract/workflows/all'
import { describe, expect, test } from 'vitest'
import { agoOf, areaText, createTimes, dayStart, leftOf, percentOf, spanOf } from './format.ts'
import { LANGUAGES, messages } from './messages.ts'
import { createWords, type WordGroup } from './translate.ts'

const zh = createWords('zh-CN')
const en = createWords('en')

describe('the messages', () => {
  test('have the same keys, none empty, and the same names to fill in, in every language', () => {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const language of LANGUAGES) {
      expect(Object.keys(messages[language]).sort()).toEqual(Object.keys(messages['zh-CN']).sort())
      for (const [key, text] of Object.entries(messages[language])) {
        expect(text.trim(), key).not.toBe('')
        expect(names(text), key).toEqual(names(messages['zh-CN'][key as keyof (typeof messages)['en']]))
      }
    }
  })

  test('hold no Chinese in English', () => {
    for (const [key, text] of Object.entries(messages.en)) expect(text, key).not.toMatch(/\p{Script=Han}/u)
  })

  test('have a word for every code of the contract', () => {
    const all = workflowVersions
    const codes: Partial<Record<WordGroup, readonly string[]>> = {
      step: STEPS,
      stage: STAGES,
      need: NEEDS,
      indicator: INDICATORS,
      channel: CHANNELS,
      purpose: Object.keys(PURPOSES),
      role: STEPS,
      state: all.flatMap((workflow) => Object.keys(workflow.states)),
      move: all.flatMap((workflow) => workflow.moves.map((move) => move.id)),
      reason: all.flatMap((workflow) => workflow.moves.flatMap((move) => move.reasons ?? [])),
      kind: MOVE_KINDS,
      party: PARTIES,
      permission: PERMISSIONS,
      strand: STRANDS,
      strandState: all.flatMap((workflow) => workflow.moves.flatMap(({ strand }) => (strand ? [`${strand.kind}.${strand.to}`] : []))),
      moveHint: workflows['joint-event']?.moves.filter((move) => move.aside && !move.id.startsWith('withdraw-')).map((move) => move.id) ?? [],
      track: ['simple', 'hard'],
      exempt: ['none', 'pending', 'granted', 'denied'],
      rating: RATINGS,
    }
    for (const [group, list] of Object.entries(codes))
      for (const code of list) expect(Object.keys(messages['zh-CN']), `${group}.${code}`).toContain(`${group}.${code}`)
  })

  test('say something else for a reason where a move means something else by it', () => {
    expect([zh.reason('void', 'withdrawn'), zh.reason('supervise-close', 'withdrawn'), zh.reason('close', 'later')]).toEqual([
      '上报人撤回',
      '撤销督办',
      'later',
    ])
  })

  test('give a city’s own words first, and an unknown code as itself', () => {
    const words = createWords('zh-CN', { 'step.report': { zh: '采集上报', en: 'Collect and report' } })
    expect([words.word('step', 'report'), words.word('step', 'file'), words.word('step', 'later')]).toEqual(['采集上报', '立案', 'later'])
  })

  test('say what is wrong and what to do for every code of the catalogue', () => {
    for (const code of Object.keys(errors)) expect(zh.problem(code).what).not.toBe(en.problem(code).what)
    expect(zh.problem('CONNECTION_LOST').what).toBe('连接不上服务器')
    expect([en.limit('workDay', 3), en.limit('urgentHour', 0.25), zh.limit('later', 2)]).toEqual(['3 working days', '15 min, day and night', '2 later'])
  })
})

describe('figures and times', () => {
  test('a zero denominator prints a dash and never 100 %', () => {
    expect([percentOf('en', null), percentOf('en', 1), percentOf('en', 0.9999), percentOf('zh-CN', 0.5)]).toEqual(['—', '100%', '99.9%', '50.0%'])
  })

  test('spans name their two largest units', () => {
    expect([spanOf(zh, 26 * 3_600_000), spanOf(zh, 61 * 60_000), spanOf(en, 5_000), spanOf(en, 12 * 86_400_000 + 3_600_000)]).toEqual([
      '1 天 2 小时',
      '1 小时 1 分',
      '5 s',
      '12 d',
    ])
    expect(agoOf(zh, 59_000)).toBe('刚刚')
    expect(leftOf(en, 1_000, 61_000)).toEqual({ late: true, text: '1 min late' })
  })

  test('instants are told in the city’s time zone', () => {
    const at = Date.parse('2026-11-22T18:30:05Z')
    const times = createTimes('zh-CN', 'Asia/Shanghai', at)
    expect([times.clock(at), times.full(at), times.full(at - 365 * 86_400_000)]).toEqual(['02:30:05', '11/23 02:30', '2025/11/23 02:30'])
    expect(new Date(dayStart('Asia/Shanghai', at, 0)).toISOString()).toBe('2026-11-22T16:00:00.000Z')
    expect(new Date(dayStart('Asia/Shanghai', at, 6)).toISOString()).toBe('2026-11-16T16:00:00.000Z')
    expect(areaText('en', 2_340_000)).toBe('2.3 km²')
  })
})
