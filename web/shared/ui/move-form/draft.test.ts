import { cases } from '@linli/contract/endpoints/cases'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import { FormatRegistry } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bodyOf, draftOf, fieldOfPointer, lackingFields, type Draft } from './draft.ts'

const empty: Draft = {
  reasonCode: undefined,
  note: '',
  matter: undefined,
  conditionRow: undefined,
  closingConditionMet: false,
  owner: undefined,
  files: [],
  publicReply: '',
  targets: [],
  limit: { clock: 'workDay', amount: undefined },
  until: '',
  citation: undefined,
  position: undefined,
  ruleArea: undefined,
  main: undefined,
}
const ID = '0199b2c4-0000-7000-8000-000000000001'
const full: Draft = {
  reasonCode: 'duplicate',
  note: '已看',
  matter: 'm',
  conditionRow: 2,
  closingConditionMet: true,
  owner: 'u',
  files: [{ id: ID, name: 'a.jpg', mediaType: 'image/jpeg' }],
  publicReply: '谢谢',
  targets: ['u1'],
  limit: { clock: 'workDay', amount: 2 },
  until: '2026-12-01',
  citation: { matter: 'm', row: 1 },
  position: { lon: 113, lat: 32 },
  ruleArea: '990101',
  main: ID,
}
const INPUTS = new Set([
  'reason',
  'condition',
  'closingCondition',
  'evidence',
  'note',
  'publicReply',
  'owner',
  'targets',
  'target',
  'limit',
  'until',
  'citation',
  'position',
  'main',
])
const byPeople = jointEvent.moves.filter((move) => move.party !== 'system' && move.party !== 'reporter')
const detail = (more: object = {}) =>
  ({
    case: { matterKey: 'm', areaPath: '990100.990101.990101001' },
    condition: { rowNo: 3 },
    advice: { owner: 'u1' },
    deadlines: [],
    ...more,
  }) as unknown as Parameters<typeof draftOf>[0]
const ability = (move: string) => {
  const { needs = [], reasons = [] } = jointEvent.moves.find(({ id }) => id === move) ?? {}
  return { move, needs: [...needs], reasons: [...reasons], strand: null }
}

const FORMATS = ['uuid', 'date']

describe('the form of a move', () => {
  // The server checks the formats; here only the shape counts.
  beforeAll(() => FORMATS.forEach((format) => FormatRegistry.Set(format, () => true)))
  afterAll(() => FORMATS.forEach((format) => FormatRegistry.Delete(format)))

  test('asks for exactly what each move of the workflow needs', () => {
    for (const move of byPeople) {
      expect(lackingFields(ability(move.id), empty), move.id).toHaveLength(move.needs.filter((need) => INPUTS.has(need)).length)
      expect(lackingFields(ability(move.id), full), move.id).toEqual([])
    }
  })

  test('sends what the contract allows, for every move', () => {
    if (!cases.move.body) throw new Error('the endpoint has no body')
    for (const move of byPeople) expect([...Value.Errors(cases.move.body, bodyOf(ability(move.id), full))], move.id).toEqual([])
  })

  test('sends nothing that the move does not need, but a note or a photo where one was added', () => {
    expect(bodyOf({ move: 'accept', needs: [], strand: null }, empty)).toEqual({ move: 'accept' })
    expect(bodyOf({ move: 'accept', needs: [], strand: null }, full)).toEqual({ move: 'accept', evidence: [ID], note: '已看' })
    expect(bodyOf({ move: 'void', needs: ['reason', 'publicReply'], strand: null }, { ...full, files: [], note: ' ' })).toEqual({
      move: 'void',
      reasonCode: 'duplicate',
      publicReply: '谢谢',
    })
    expect(bodyOf({ move: 'file', needs: ['condition'], strand: null }, full)).toMatchObject({ matter: 'm', conditionRow: 2 })
    expect(bodyOf({ move: 'report-in', needs: [], strand: '5.1' }, empty)).toEqual({ move: 'report-in', strand: '5.1' })
    expect(bodyOf(ability('dispatch'), { ...full, note: '', files: [] })).toEqual({ move: 'dispatch', owner: 'u', targets: ['u1'] })
  })

  test('asks for co-handlers of a hard case, or for the reason why one unit is enough', () => {
    const filled = { ...empty, owner: 'u' }
    expect(lackingFields(ability('dispatch'), filled, 'hard')).toEqual(['targets'])
    expect(lackingFields(ability('dispatch'), { ...filled, note: '一家可以' }, 'hard')).toEqual([])
    expect(lackingFields(ability('dispatch'), filled, 'simple')).toEqual([])
  })

  test('opens with the condition of the case and the advised owner', () => {
    expect(draftOf(detail(), ability('file'))).toMatchObject({ matter: 'm', conditionRow: 3, owner: 'u1', ruleArea: undefined })
  })

  test('opens an extension with the clock that it extends, and a ruling with the nearest area and no owner', () => {
    const running = { stage: 'handle', clock: 'workHour', amount: 6, stoppedAt: null }
    expect(draftOf(detail({ deadlines: [running] }), ability('ask-extension')).limit).toEqual({ clock: 'workHour', amount: 6 })
    expect(draftOf(detail(), ability('uphold-refusal'))).toMatchObject({ owner: undefined, ruleArea: '990101' })
  })

  test('finds the field that the server names', () => {
    expect(['/body/evidence/0', '/body/matter', '/body/citation/rule', '/body/limits', '/body/x'].map(fieldOfPointer)).toEqual([
      'evidence',
      'conditionRow',
      'citation',
      undefined,
      undefined,
    ])
  })
})
