import { describe, expect, it } from 'vitest'
import { formProblems } from '../forms.ts'
import { attributesOf, formOf } from './attributes.ts'

const schema = {
  type: 'object',
  required: ['b'],
  properties: {
    b: { type: ['integer', 'null'] },
    a: { type: 'string', enum: ['x', 'y'] },
    day: { type: 'string', format: 'date' },
    tags: { type: 'array', items: { type: 'string' } },
    size: { type: 'array', items: { type: 'integer', enum: [1, 2] } },
    point: { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] },
    first: { type: 'string', 'x-order': 1 },
  },
}

describe('a form as attributes', () => {
  it('comes by x-order, then what is required, then by code', () => {
    expect(attributesOf(schema).map(({ order, code, datatype }) => [order, code, datatype])).toEqual([
      [1, 'first', 'string'],
      [2, 'b', 'number'],
      [3, 'a', 'singlevaluelist'],
      [4, 'day', 'datetime'],
      [5, 'point', 'text'],
      [6, 'size', 'multivaluelist'],
      [7, 'tags', 'text'],
    ])
    expect(attributesOf(undefined)).toEqual([])
    expect(attributesOf({ type: 'object' })).toEqual([])
  })

  it('takes answers back in the form’s own types', () => {
    const answers = new Map([
      ['b', ['7']],
      ['a', ['x']],
      ['size', ['1', '2']],
      ['tags', ['one']],
      ['point', ['{"x":1.5}']],
      ['day', ['2026-11-22']],
    ])
    const form = formOf(schema, answers)
    expect(form).toEqual({ b: 7, a: 'x', size: [1, 2], tags: ['one'], point: { x: 1.5 }, day: '2026-11-22' })
    expect(formProblems(schema, form)).toEqual([])
    expect(formOf(schema, new Map())).toBeUndefined()
  })

  it('passes on what does not fit, so that the form says what is wrong', () => {
    const wrong = (code: string, ...said: string[]) =>
      formProblems(schema, { b: 1, ...formOf(schema, new Map([[code, said]])) }).map((problem) => problem.pointer)
    expect(wrong('b', 'seven')).toEqual(['/body/form/b'])
    expect(wrong('b', '1', '2')).toEqual(['/body/form/b'])
    expect(wrong('a', 'z')).toEqual(['/body/form/a'])
    expect(wrong('size', '3')).toEqual(['/body/form/size/0'])
    expect(wrong('point', '{broken')).toEqual(['/body/form/point'])
    expect(wrong('__proto__', 'x')).toEqual([])
  })
})
