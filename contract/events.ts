import { Type, type Static } from '@sinclair/typebox'
import { closed, Nullable, Uuid } from './endpoint.ts'

/** One line was added to a case's ledger (案件流转). Facts for screens and other modules; no words of anybody. */
export const CaseMoved = closed({
  id: Uuid,
  number: Type.String(),
  seq: Type.Integer(),
  move: Type.String(),
  areaPath: Type.String(),
  owner: Nullable(Type.String()),
  /** Every unit that has or had a part: they may see the case wherever it lies. */
  involved: Type.Array(Type.String()),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  matterName: Nullable(Type.String()),
  /** Present on the last line of a command: the state that the case is now in. */
  state: Type.Optional(Type.String()),
  step: Type.Optional(Type.String()),
  overdue: Type.Optional(Type.Boolean()),
})
export type CaseMovedPayload = Static<typeof CaseMoved>

/** Somebody came to a case, left it, claimed it or let it go (同屏与认领): look again who is there. Names nobody and is never stored. */
const CaseAttended = closed({ id: Uuid, areaPath: Type.String(), involved: Type.Array(Type.String()) })

/** Every event by its topic. */
export const events = { 'case.moved': CaseMoved, 'case.attended': CaseAttended } as const
