import { describe, expect, it } from 'vitest'
import { formProblems } from './forms.ts'

const schema = {
  type: 'object',
  required: ['depthCm'],
  additionalProperties: false,
  properties: { depthCm: { type: 'number', minimum: 0 }, seenOn: { type: 'string', format: 'date' } },
}

describe('the answers to a matter’s own questions', () => {
  it('fit its schema, or say where they do not', () => {
    expect(formProblems(schema, { depthCm: 15, seenOn: '2026-11-22' })).toEqual([])
    expect(formProblems(schema, undefined)).toMatchObject([{ pointer: '/body/form/depthCm', code: 'required' }])
    expect(formProblems(schema, { depthCm: -1 })).toMatchObject([{ pointer: '/body/form/depthCm', code: 'minimum' }])
    expect(formProblems(schema, { depthCm: 1, nationalId: '…' })).toMatchObject([{ pointer: '/body/form/nationalId', code: 'additionalProperties' }])
    expect(formProblems(schema, { depthCm: 1, seenOn: 'yesterday' })).toMatchObject([{ pointer: '/body/form/seenOn', code: 'format' }])
  })

  it('are refused where the matter asks nothing', () => {
    expect(formProblems(undefined, { anything: 1 })).toMatchObject([{ pointer: '/body/form' }])
    expect(formProblems(undefined, undefined)).toEqual([])
  })
})
