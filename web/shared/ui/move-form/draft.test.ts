import { jointEvent } from '@linli/contract/workflows/joint-event'
import { describe, expect, test } from 'vitest'
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
}
const full: Draft = {
  reasonCode: 'duplicate',
  note: '已看',
  matter: 'm',
  conditionRow: 2,
  closingConditionMet: true,
  owner: 'u',
  files: [{ id: 'f', name: 'a.jpg', mediaType: 'image/jpeg' }],
  publicReply: '谢谢',
}

describe('the form of a move', () => {
  test('asks for exactly what each move of the workflow needs', () => {
    const inputs = new Set(['reason', 'condition', 'closingCondition', 'evidence', 'note', 'publicReply', 'owner'])
    for (const move of jointEvent.moves) {
      const ability = { move: move.id, needs: [...move.needs] }
      expect(lackingFields(ability, empty), move.id).toHaveLength(move.needs.filter((need) => inputs.has(need)).length)
      expect(lackingFields(ability, full), move.id).toEqual([])
    }
  })

  test('sends nothing that the move does not need, but a note or a photo where one was added', () => {
    expect(bodyOf({ move: 'accept', needs: [] }, empty)).toEqual({ move: 'accept' })
    expect(bodyOf({ move: 'accept', needs: [] }, full)).toEqual({ move: 'accept', evidence: ['f'], note: '已看' })
    expect(bodyOf({ move: 'void', needs: ['reason', 'publicReply'] }, { ...full, files: [], note: ' ' })).toEqual({
      move: 'void',
      reasonCode: 'duplicate',
      publicReply: '谢谢',
    })
    expect(bodyOf({ move: 'file', needs: ['condition'] }, full)).toMatchObject({ matter: 'm', conditionRow: 2 })
  })

  test('opens with the condition of the case and the advised owner', () => {
    const detail = { case: { matterKey: 'm' }, condition: { rowNo: 3 }, advice: { owner: 'u1' } } as Parameters<typeof draftOf>[0]
    expect(draftOf(detail)).toMatchObject({ matter: 'm', conditionRow: 3, owner: 'u1' })
  })

  test('finds the field that the server names', () => {
    expect([fieldOfPointer('/body/evidence/0'), fieldOfPointer('/body/matter'), fieldOfPointer('/body/x')]).toEqual(['evidence', 'conditionRow', undefined])
  })
})
