import { expect, test } from 'vitest'
import { createWords } from '../../i18n/index.ts'
import { wrongOfLacking, wrongOfProblems } from './wrong.ts'

const words = createWords('zh-CN')
const about = (needs: string[], targets: string[] = []) => ({ needs, targets, unitName: (code: string) => `单位${code}` })

test('an empty field is told what it wants, and the units of a hard case that a reason will do', () => {
  expect(wrongOfLacking(words, ['until', 'targets'], false)).toEqual({ until: '请选今天以后、城市规定天数以内的日期', targets: '请选择单位' })
  expect(wrongOfLacking(words, ['targets'], true).targets).toContain('写明理由')
})

test('what the server says lies at its field, with the figure or the unit that it means', () => {
  const found = wrongOfProblems(
    words,
    [
      { pointer: '/body/limit', code: 'maximum', detail: 'workDay 3' },
      { pointer: '/body/targets/1', code: 'taken' },
      { pointer: '/body/owner', code: 'same' },
      { pointer: '/body/nowhere', code: 'enum' },
    ],
    about([], ['a', 'b']),
  )
  expect(found).toEqual({ limit: '不能超过 3 个工作日', targets: '单位b 已在协办', owner: '退回成立时须改派另一单位' })
  expect(wrongOfProblems(words, [{ pointer: '/body/reasonCode', code: 'required' }], about(['reason', 'present'])).reasonCode).toBe('与到场记录不符')
  expect(wrongOfProblems(words, [{ pointer: '/body/citation/rule', code: 'enum' }], about(['citation'])).citation).toBe('不符合要求，请核对')
})
