import { movesFrom, type Move, type Workflow } from '@linli/contract/workflow'
import type { I18nView } from '../../i18n/index.ts'
import type { CaseDetail } from '../case/types.ts'

/** One of those whom a case waits for: a unit, whoever holds a right, or another case. */
export interface WaitingLine {
  readonly unitName: string | null
  readonly case: CaseDetail['next'][number]['case']
  /** What they are expected to do, in words. */
  readonly acts: readonly string[]
  /** It is the reader's own post that may act. */
  readonly mine: boolean
}
type Says = Pick<I18nView, 't' | 'word'>
type Standing = Pick<CaseDetail, 'next' | 'strands'> & { readonly case: Pick<CaseDetail['case'], 'state' | 'owner'> }

const REQUESTS = new Set(['extension', 'suspension', 'appeal'])

/** Whom the case waits for (现在等谁), one line for each unit, what the reader may do on a line of its own before them. */
export function waitingLines(
  says: Says,
  workflow: Workflow | undefined,
  detail: Standing,
  me: { readonly unitCode: string; readonly permissions: readonly string[] } | undefined,
): WaitingLine[] {
  const lines = new Map<string, WaitingLine>()
  for (const next of detail.next) {
    const mine = next.permission !== null && (me?.permissions.includes(next.permission) ?? false) && (next.unit === null || next.unit === me?.unitCode)
    const key = `${next.case?.id ?? next.unit ?? ''} ${String(mine)}`
    const before = lines.get(key)
    const acts = next.permission === null ? [] : actsOf(says, workflow, detail, next.permission, next.unit)
    lines.set(key, { unitName: next.unitName, case: next.case, acts: [...new Set([...(before?.acts ?? []), ...acts])], mine })
  }
  return [...lines.values()].toSorted((one, other) => Number(other.mine) - Number(one.mine))
}

/** The moves that one permission of one unit is waited for, in words; the permission itself where the workflow does not say. */
function actsOf(says: Says, workflow: Workflow | undefined, detail: Standing, permission: string, unit: string | null): string[] {
  const expected = (workflow ? movesFrom(workflow, detail.case.state) : []).filter(
    (move) => move.permission === permission && move.aside !== true && move.kind !== 'note' && move.kind !== 'reopen',
  )
  const steps = expected.filter((move) => move.kind !== 'side' && !move.strand?.from && (move.party === 'lead' ? unit === detail.case.owner : unit === null))
  const onward = steps.filter((move) => move.kind === 'forward')
  const own = (onward.length > 0 ? onward : steps).map((move) => says.word('move', move.id))
  const beside = expected.flatMap((move) => besideWords(says, detail, move, unit))
  const acts = [...own, ...beside]
  return acts.length > 0 ? acts : [says.word('permission', permission)]
}

function besideWords(says: Says, { strands }: Standing, move: Move, unit: string | null): string[] {
  const step = move.strand
  if (!step?.from) return []
  return strands
    .filter((strand) => strand.kind === step.kind && step.from?.includes(strand.state))
    .filter((strand) => unit === (REQUESTS.has(strand.kind) ? null : move.party === 'called' ? strand.unit : move.party === 'caller' ? strand.by : null))
    .map((strand) =>
      REQUESTS.has(strand.kind)
        ? says.t('common.pair', { name: says.word('strand', strand.kind), value: says.word('strandState', `${strand.kind}.${strand.state}`) })
        : says.word('move', move.id),
    )
}
