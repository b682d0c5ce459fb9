import { expect, test } from 'vitest'
import { conflictsOf } from './conflicts.ts'

const roles = {
  rows: [
    { role: 'acceptor', permissions: ['cases.file', 'cases.read'], secondFactor: false },
    { role: 'dispatcher', permissions: ['cases.dispatch', 'cases.read'], secondFactor: false },
  ],
  conflicts: [{ rule: 'file-dispatch', within: 'post' as const, permissions: ['cases.file', 'cases.dispatch'], zh: '分开', en: 'Apart' }],
}

test('roles conflict only together, and a role alone or an unknown one never does', () => {
  expect(conflictsOf(roles, ['acceptor', 'dispatcher']).map(({ rule }) => rule)).toEqual(['file-dispatch'])
  expect(conflictsOf(roles, ['acceptor'])).toEqual([])
  expect(conflictsOf(roles, ['nobody'])).toEqual([])
})
