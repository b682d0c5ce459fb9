import { expect, test } from 'vitest'
import { answersOf, fieldsOf } from './fields.ts'

const schema = {
  type: 'object',
  required: ['n'],
  properties: {
    n: { type: 'integer', minimum: 0, maximum: 9, title: '数量', 'x-titleEn': 'Number' },
    kind: { type: 'string', enum: ['a', 'b'], title: '类别' },
    seen: { type: 'boolean', title: '看过' },
    note: { type: 'string', maxLength: 500 },
    odd: 7,
  },
}

test('a form is read from its schema, with names in the reader’s language and never without one', () => {
  const fields = fieldsOf(schema, 'en')
  expect(fields.map(({ name, label, kind, required }) => [name, label, kind, required])).toEqual([
    ['n', 'Number', 'integer', true],
    ['kind', '类别', 'choice', false],
    ['seen', '看过', 'tick', false],
    ['note', 'note', 'words', false],
  ])
  expect(fieldsOf({}, 'zh-CN')).toEqual([])
})

test('answers keep their kinds, and what was left empty is not sent', () => {
  const data = new FormData()
  data.set('form.n', '3')
  data.set('form.seen', 'on')
  data.set('form.note', ' ')
  expect(answersOf(fieldsOf(schema, 'en'), data)).toEqual({ n: 3, seen: true })
})
