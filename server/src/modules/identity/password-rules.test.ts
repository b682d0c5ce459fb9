import { describe, expect, it } from 'vitest'
import { passwordProblems } from './password-rules.ts'

const own = { login: 'zhaolan', name: '赵岚' }
const problems = (password: string) => passwordProblems(password, own)

describe('a new password', () => {
  it.each(['correct horse battery', '一句别人猜不到的话当口令用', 'granite river lantern 9', 'Tr0ub4dor&3-lantern'])('may be %s', (password) => {
    expect(problems(password)).toEqual([])
  })

  it('has twelve characters, counted as people count them', () => {
    expect(problems('brass kettle')).toEqual([])
    expect(problems('brass kettl')).toEqual(['length'])
    expect(problems('𠮷𠮷野家的晚饭很好吃')).toEqual(['length'])
    expect(problems('cafe\u0301 au lai')).toEqual(['length'])
  })

  it.each([
    'Password1234',
    'p@ssw0rd!!!!!!',
    'Administrator1',
    'linli1234567',
    'Qwertyuiop123',
    'woaini1314520',
    '123456789012',
    '098765432109',
    'qwertyuiopas',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1qaz2wsx3edc',
    'iloveyouiloveyou',
  ])('is not one that guessers try first: %s', (password) => {
    expect(problems(password)).toContain('common')
  })

  it('does not hold the login, the login backwards or the name', () => {
    for (const password of ['my zhaolan password 7', 'ZhaoLan-is-here-2', 'nalOahz lantern 44', '赵岚家里养了三只猫咪呢'])
      expect(problems(password), password).toContain('login')
  })
})
