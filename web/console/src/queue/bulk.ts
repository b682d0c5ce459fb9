import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { desk } from '@linli/contract/endpoints/desk'

export type Preview = AnswerOf<typeof desk.previewMoves>
export type PreviewRow = Preview['rows'][number]
type MoveBody = BodyOf<typeof cases.move>

/** What can be said once for many cases; whatever else a move needs is different for each of them. */
const COMMON: ReadonlySet<string> = new Set(['reason', 'note', 'publicReply', 'closingCondition', 'owner', 'until', 'jointPlan', 'condition'])
const OF_EACH: ReadonlySet<string> = new Set(['evidence', 'targets', 'target', 'limit', 'citation', 'position', 'rating', 'main', 'edition', 'present'])

/** True for a move that can be made in many cases with one input. */
export function canBulk({ needs }: Pick<Preview['moves'][number], 'needs'>): boolean {
  return !needs.some((need) => OF_EACH.has(need))
}
export const fieldsOf = ({ needs }: Pick<Preview['moves'][number], 'needs'>): readonly string[] => needs.filter((need) => COMMON.has(need))

export interface BulkDraft {
  readonly reasonCode: string
  readonly note: string
  readonly publicReply: string
  readonly owner: string
  readonly until: string
  readonly closingConditionMet: boolean
}
export const EMPTY_DRAFT: BulkDraft = { reasonCode: '', note: '', publicReply: '', owner: '', until: '', closingConditionMet: false }

/** The request for one move in each of many cases; what the move does not need is left out, but for a note. */
export function bulkBody(move: Preview['moves'][number], draft: BulkDraft): MoveBody {
  const has = (need: string) => move.needs.includes(need)
  const text = (value: string) => value.trim() !== ''
  return {
    move: move.move,
    ...(has('reason') && text(draft.reasonCode) ? { reasonCode: draft.reasonCode } : {}),
    ...(has('owner') && text(draft.owner) ? { owner: draft.owner } : {}),
    ...(has('until') && text(draft.until) ? { until: draft.until } : {}),
    ...(has('closingCondition') ? { closingConditionMet: draft.closingConditionMet } : {}),
    ...(text(draft.note) ? { note: draft.note } : {}),
    ...(has('publicReply') && text(draft.publicReply) ? { publicReply: draft.publicReply } : {}),
  }
}

/** The need that a missing field stands for, such as `reason` for `/body/reasonCode`. */
export function needOf(pointer: string): string {
  const field = /^\/body\/(\w+)/.exec(pointer)?.[1] ?? pointer
  return { reasonCode: 'reason', conditionRow: 'condition', closingConditionMet: 'closingCondition' }[field] ?? field
}

export type Outcome = { readonly kind: 'done'; readonly state: string } | { readonly kind: 'failed'; readonly code: string } | { readonly kind: 'waiting' }
