import type { BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import { findMove } from '@linli/contract/workflow'
import { workflowVersions } from '@linli/contract/workflows/all'
import type { Ability, CaseDetail } from '../case/types.ts'

type MoveBody = BodyOf<typeof cases.move>
export type ClockName = NonNullable<MoveBody['limit']>['clock']
export type Citation = NonNullable<MoveBody['citation']>

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
  /** Units to whom something is put. */
  readonly targets: readonly string[]
  /** The amount is in hours or days, as the clock says. */
  readonly limit: { readonly clock: ClockName; readonly amount: number | undefined }
  /** A day of the city, `YYYY-MM-DD`, or empty. */
  readonly until: string
  readonly citation: Citation | undefined
  /** WGS84 degrees. */
  readonly position: { readonly lon: number; readonly lat: number } | undefined
  readonly ruleArea: string | undefined
  readonly main: string | undefined
}
const FIELDS = [
  'reasonCode',
  'note',
  'conditionRow',
  'closingConditionMet',
  'owner',
  'targets',
  'limit',
  'until',
  'citation',
  'position',
  'ruleArea',
  'main',
  'evidence',
  'publicReply',
] as const
export type DraftField = (typeof FIELDS)[number]

/** True for a ruling, which may hold for a wider area than the case's own. */
export function isRuling(move: string): boolean {
  return workflowVersions.some((workflow) => findMove(workflow, move)?.party === 'arbitrator')
}

/** A move's form as it opens: matter, condition, advised owner and the clock that it extends are those of the case. */
export function draftOf(detail: Pick<CaseDetail, 'case' | 'condition' | 'advice' | 'deadlines'>, ability: Pick<Ability, 'move' | 'needs' | 'reasons'>): Draft {
  const { case: row, advice } = detail
  // A refusal that is upheld goes to another unit, and whoever rules shall choose it themselves.
  const ruling = isRuling(ability.move)
  const extended = ability.needs.includes('beforeDue') ? runningHandle(detail) : undefined
  const asked = ability.needs.includes('limit')
  return {
    reasonCode: ability.reasons.length === 1 ? ability.reasons[0] : undefined,
    note: '',
    matter: row.matterKey ?? undefined,
    conditionRow: detail.condition?.rowNo,
    closingConditionMet: false,
    owner: ruling ? undefined : advice?.owner,
    files: [],
    publicReply: '',
    targets: [],
    limit: extended ?? { clock: 'workDay', amount: asked ? 1 : undefined },
    until: '',
    citation: undefined,
    position: undefined,
    ruleArea: ruling ? row.areaPath.split('.').at(-2) : undefined,
    main: undefined,
  }
}

/** The clock that an extension lengthens: its first limit is the most that may be asked for. */
export function runningHandle({ deadlines }: Pick<CaseDetail, 'deadlines'>): { readonly clock: ClockName; readonly amount: number } | undefined {
  const running = deadlines.findLast((deadline) => deadline.stage === 'handle' && deadline.stoppedAt === null)
  return running && isClock(running.clock) ? { clock: running.clock, amount: running.amount } : undefined
}

export const CLOCKS = ['urgentHour', 'urgentDay', 'workHour', 'workDay', 'naturalDay'] as const satisfies readonly ClockName[]
const isClock = (name: string): name is ClockName => CLOCKS.some((clock) => clock === name)
const hasAmount = ({ amount }: Draft['limit']) => amount !== undefined && amount > 0

/** The fields that the move needs and the draft lacks; the server asks for the same. */
export function lackingFields(ability: Pick<Ability, 'needs'>, draft: Draft, track: string | null = null): DraftField[] {
  const lacks: Readonly<Record<string, [field: DraftField, missing: boolean]>> = {
    reason: ['reasonCode', draft.reasonCode === undefined],
    note: ['note', draft.note.trim() === ''],
    publicReply: ['publicReply', draft.publicReply.trim() === ''],
    evidence: ['evidence', draft.files.length === 0],
    condition: ['conditionRow', draft.matter === undefined || draft.conditionRow === undefined],
    closingCondition: ['closingConditionMet', !draft.closingConditionMet],
    owner: ['owner', draft.owner === undefined],
    targets: ['targets', draft.targets.length === 0],
    target: ['targets', draft.targets.length !== 1],
    jointPlan: ['targets', track === 'hard' && draft.targets.length === 0 && draft.note.trim() === ''],
    limit: ['limit', !hasAmount(draft.limit)],
    until: ['until', draft.until === ''],
    citation: ['citation', draft.citation === undefined],
    position: ['position', draft.position === undefined],
    main: ['main', draft.main === undefined],
  }
  return ability.needs.flatMap((need) => (lacks[need]?.[1] ? [lacks[need][0]] : []))
}

/** The request for a move: what it needs, and a note where one was written. */
export function bodyOf(ability: Pick<Ability, 'move' | 'needs' | 'strand'>, draft: Draft): MoveBody {
  const has = (...needs: readonly string[]) => needs.some((need) => ability.needs.includes(need))
  return {
    move: ability.move,
    ...(ability.strand === null ? {} : { strand: ability.strand }),
    ...(has('reason') && draft.reasonCode !== undefined ? { reasonCode: draft.reasonCode } : {}),
    ...(has('condition') && draft.matter !== undefined ? { matter: draft.matter } : {}),
    ...(has('condition') && draft.conditionRow !== undefined ? { conditionRow: draft.conditionRow } : {}),
    ...(has('closingCondition') ? { closingConditionMet: draft.closingConditionMet } : {}),
    ...(has('owner') && draft.owner !== undefined ? { owner: draft.owner } : {}),
    ...(has('targets', 'target', 'jointPlan') && draft.targets.length > 0 ? { targets: [...draft.targets] } : {}),
    ...(has('limit', 'targets') && draft.limit.amount !== undefined ? { limit: { clock: draft.limit.clock, amount: draft.limit.amount } } : {}),
    ...(has('until') && draft.until !== '' ? { until: draft.until } : {}),
    ...(has('citation') && draft.citation ? { citation: draft.citation } : {}),
    ...(has('position') && draft.position ? { position: { ...draft.position, crs: 'wgs84' as const } } : {}),
    ...(isRuling(ability.move) && draft.ruleArea !== undefined ? { ruleArea: draft.ruleArea } : {}),
    ...(has('main') && draft.main !== undefined ? { main: draft.main } : {}),
    ...(draft.files.length > 0 ? { evidence: draft.files.map((file) => file.id) } : {}),
    ...(draft.note.trim() === '' ? {} : { note: draft.note }),
    ...(has('publicReply') && draft.publicReply.trim() !== '' ? { publicReply: draft.publicReply } : {}),
  }
}

/** The form's field that a JSON pointer of the server names. */
export function fieldOfPointer(pointer: string): DraftField | undefined {
  const named = /^\/body\/(\w+)/.exec(pointer)?.[1]
  return named === 'matter' ? 'conditionRow' : FIELDS.find((field) => field === named)
}
