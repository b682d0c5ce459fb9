import { CLOCK_KINDS } from '@linli/lib/time/clock-kinds'
import { personalColumns } from '@linli/contract/personal'
import { PURPOSES } from '@linli/contract/permissions'
import { DATA_GROUPS } from '@linli/contract/endpoints/resident'
import { RATINGS } from '@linli/contract/endpoints/intake'
import { STAGES, STEPS } from '@linli/contract/workflow'
import { workflowVersions } from '@linli/contract/workflows/all'
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

/** Lines that a reporter is not shown. */
const BESIDE = new Set(['note', 'side'])

describe('words for residents', () => {
  it('exist for everything that a case can be, do or wait for', () => {
    const moves = workflowVersions.flatMap((workflow) => workflow.moves)
    const wanted = [
      ...workflowVersions.flatMap((workflow) => Object.keys(workflow.states).map((state) => `now.${state}`)),
      ...moves.flatMap((move) => (BESIDE.has(move.kind) ? [] : [`move.${move.id}`])),
      ...moves.flatMap((move) =>
        move.permission === undefined || move.aside || move.kind === 'note' || move.kind === 'reopen' ? [] : [`act.${move.permission}`],
      ),
      ...STEPS.map((step) => `step.${step}`),
      ...STAGES.filter((stage) => stage !== 'raise').map((stage) => `stage.${stage}`),
      ...RATINGS.map((rating) => `rating.${rating}`),
      ...DATA_GROUPS.map((group) => `data.${group}`),
      ...CLOCK_KINDS.map((kind) => `clock.${kind}`),
      ...Object.keys(PURPOSES).flatMap((purpose) => [`purpose.${purpose}`, `recipients.${purpose}`]),
      ...[...personalColumns.values()].flatMap((declared) => ('notPersonal' in declared ? [] : [`kind.${declared.kind}`])),
    ]
    expect(wanted.filter((key) => !(key in zhCn))).toEqual([])
  })

  it('say the same in both languages, with the same blanks to fill in', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort()
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCn).sort())
    for (const [key, text] of Object.entries(zhCn)) expect([key, blanks(en[key as keyof typeof zhCn])]).toEqual([key, blanks(text)])
    expect(Object.values(en).filter((text) => text.trim() === '' || /[\u4e00-\u9fff]/.test(text.replace('中文', '')))).toEqual([])
  })
})
