import type { AnswerOf } from '@linli/contract/endpoint'
import type { field as contract } from '@linli/contract/endpoints/field'
import type { ShiftRow } from './store.ts'

export type ShiftView = AnswerOf<typeof contract.beginShift>

/** A shift as its worker sees it. */
export function shiftView(row: ShiftRow): ShiftView {
  return { id: row.id, startedAt: row.startedAt.toISOString(), endsAt: row.endsAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null }
}
