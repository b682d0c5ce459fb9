import type { BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { Ability, CaseDetail } from '../case/types.ts'

export interface UploadedFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
}

/** What somebody has filled in so far for one move. */
export interface Draft {
  readonly reasonCode: string | undefined
  readonly note: string
  readonly matter: string | undefined
  readonly conditionRow: number | undefined
  readonly closingConditionMet: boolean
  readonly owner: string | undefined
  readonly files: readonly UploadedFile[]
  readonly publicReply: string
}
export type DraftField = 'reasonCode' | 'note' | 'conditionRow' | 'closingConditionMet' | 'owner' | 'evidence' | 'publicReply'
type MoveBody = BodyOf<typeof cases.move>

/** A move's form as it opens: matter, condition and advised owner are those of the case. */
export function draftOf(detail: Pick<CaseDetail, 'case' | 'condition' | 'advice'>): Draft {
  return {
    reasonCode: undefined,
    note: '',
    matter: detail.case.matterKey ?? undefined,
    conditionRow: detail.condition?.rowNo,
    closingConditionMet: false,
    owner: detail.advice?.owner,
    files: [],
    publicReply: '',
  }
}

/** The fields that the move needs and the draft lacks; the server asks for the same. */
export function lackingFields(ability: Pick<Ability, 'needs'>, draft: Draft): DraftField[] {
  const lacks: Readonly<Record<string, [field: DraftField, missing: boolean]>> = {
    reason: ['reasonCode', draft.reasonCode === undefined],
    note: ['note', draft.note.trim() === ''],
    publicReply: ['publicReply', draft.publicReply.trim() === ''],
    evidence: ['evidence', draft.files.length === 0],
    condition: ['conditionRow', draft.matter === undefined || draft.conditionRow === undefined],
    closingCondition: ['closingConditionMet', !draft.closingConditionMet],
    owner: ['owner', draft.owner === undefined],
  }
  return ability.needs.flatMap((need) => (lacks[need]?.[1] ? [lacks[need][0]] : []))
}

/** The request for a move: what it needs, and a note where one was written. */
export function bodyOf(ability: Pick<Ability, 'move' | 'needs'>, draft: Draft): MoveBody {
  const needs = new Set(ability.needs)
  return {
    move: ability.move,
    ...(needs.has('reason') && draft.reasonCode !== undefined ? { reasonCode: draft.reasonCode } : {}),
    ...(needs.has('condition') && draft.matter !== undefined ? { matter: draft.matter } : {}),
    ...(needs.has('condition') && draft.conditionRow !== undefined ? { conditionRow: draft.conditionRow } : {}),
    ...(needs.has('closingCondition') ? { closingConditionMet: draft.closingConditionMet } : {}),
    ...(needs.has('owner') && draft.owner !== undefined ? { owner: draft.owner } : {}),
    ...(draft.files.length > 0 ? { evidence: draft.files.map((file) => file.id) } : {}),
    ...(draft.note.trim() === '' ? {} : { note: draft.note }),
    ...(needs.has('publicReply') && draft.publicReply.trim() !== '' ? { publicReply: draft.publicReply } : {}),
  }
}

/** The form's field that a JSON pointer of the server names. */
export function fieldOfPointer(pointer: string): DraftField | undefined {
  const fields: readonly DraftField[] = ['reasonCode', 'note', 'conditionRow', 'closingConditionMet', 'owner', 'evidence', 'publicReply']
  return pointer.startsWith('/body/matter') ? 'conditionRow' : fields.find((field) => pointer.startsWith(`/body/${field}`))
}
