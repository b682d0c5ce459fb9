import type { TestServer } from './server.ts'

interface Line {
  readonly id: string
  readonly areaPath: string
  readonly openedAt: Date
  readonly at: Date
  readonly move: string
  readonly reason: string | null
  readonly facts: {
    readonly owner?: string
    readonly targets?: readonly string[]
    readonly raised?: { readonly to: string }
    readonly stage?: string
    readonly strand?: string
    readonly deadlines?: readonly { stage: string; strand?: string; dueAt: string; left?: number }[]
    readonly answer?: { readonly fixed: boolean; readonly rating: string }
  }
}
/** One case as its lines tell it, folded by rules of this file alone. */
export interface Told {
  readonly id: string
  readonly areaPath: string
  readonly openedAt: Date
  owner: string | null
  filed: boolean
  dispatched: boolean
  handled: boolean
  handledOnTime: boolean
  closed: boolean
  closedOnTime: boolean
  voided: boolean
  sentBack: boolean
  /** Every unit that has had a part. */
  readonly involved: Set<string>
  /** A timeout that is under appeal, or was excused. */
  exempt: boolean
  answer: { readonly fixed: boolean; readonly rating: string } | null
}
export interface Figure {
  readonly indicator: string
  readonly numerator: number
  readonly denominator: number
}

const TO_NOBODY = ['recall', 'rework', 'reopen', 'return-to-acceptor', 'review']
const CLOSING = ['close', 'close-linked']

/** Reads every line there is and tells each case anew. */
export async function tellCases(server: TestServer): Promise<Told[]> {
  const { rows } = await server.running.platform.pool.query<Line>(
    `select case_id as id, area_path as "areaPath", opened_at as "openedAt", at, move, reason_code as reason, facts from cases.entry join cases."case" on "case".id = case_id order by case_id, entry.seq`,
  )
  return [...Map.groupBy(rows, (line) => line.id).values()].map(tell)
}

function tell(lines: readonly Line[]): Told {
  const [first] = lines
  if (!first) throw new Error('no lines')
  const told: Told = {
    id: first.id,
    areaPath: first.areaPath,
    openedAt: first.openedAt,
    owner: null,
    filed: false,
    dispatched: false,
    handled: false,
    handledOnTime: false,
    closed: false,
    closedOnTime: false,
    voided: false,
    sentBack: false,
    involved: new Set(),
    exempt: false,
    answer: null,
  }
  const due = new Map<string, Date>()
  const late = new Set<string>()
  const lateOwners = new Set<string | null>()
  for (const line of lines) {
    const inTime = (stage: string) => !late.has(stage) && line.at <= (due.get(stage) ?? line.at)
    if (line.move === 'overdue' && line.facts.strand === undefined) {
      late.add(line.reason ?? '')
      if (line.reason === 'handle') lateOwners.add(told.owner)
    }
    if (['not-fixed', 'reopen', 'review'].includes(line.move)) lateOwners.clear()
    if (!told.closed) step(told, line.move, (stage) => inTime(stage) && !(stage === 'handle' && lateOwners.has(told.owner)))
    if (/^(ask|grant|deny|withdraw)-appeal$/.test(line.move)) told.exempt = /^(ask|grant)/.test(line.move)
    told.answer = line.facts.answer ?? told.answer
    if (line.facts.owner !== undefined) told.owner = line.facts.owner
    for (const unit of [line.facts.owner, line.facts.raised?.to, ...(line.facts.targets ?? [])]) if (unit !== undefined) told.involved.add(unit)
    if (TO_NOBODY.includes(line.move)) told.owner = null
    for (const deadline of line.facts.deadlines ?? []) {
      if (deadline.strand !== undefined) continue
      due.set(deadline.stage, new Date(deadline.dueAt))
      // A clock that goes on is as late as it was.
      if (deadline.left === undefined) late.delete(deadline.stage)
    }
  }
  return told
}

/** What a line changes before the first closing, which fixes the facts (architecture, "The loop"). */
function step(told: Told, move: string, inTime: (stage: string) => boolean): void {
  if (['substandard', 'rework'].includes(move) && told.handled) told.sentBack = true
  if (move === 'file' || move === 'auto-file') told.filed = true
  if (['return-to-acceptor', 'review'].includes(move)) Object.assign(told, { filed: false, dispatched: false, voided: false })
  if (move === 'dispatch' || move === 'auto-dispatch') told.dispatched = true
  if (['recall', 'rework'].includes(move)) Object.assign(told, { dispatched: false, handled: false, handledOnTime: false })
  if (move === 'substandard') Object.assign(told, { handled: false, handledOnTime: false })
  if (move === 'handle') Object.assign(told, { handled: true, handledOnTime: inTime('handle') })
  if (move === 'void' || move === 'auto-reject') told.voided = true
  if (CLOSING.includes(move)) Object.assign(told, { closed: true, closedOnTime: inTime('check') && told.handledOnTime })
}

/** The figures of standards §1.7 in their cohort form, counted from told cases. */
export function recount(cases: readonly Told[]): Figure[] {
  const rate = (indicator: string, of: (told: Told) => boolean, fulfilled: (told: Told) => boolean): Figure => {
    const asked = cases.filter(of)
    return { indicator, numerator: asked.filter(fulfilled).length, denominator: asked.length }
  }
  const toHandle = (told: Told) => told.dispatched && !told.voided
  return [
    rate(
      'filed',
      () => true,
      (told) => told.filed,
    ),
    rate(
      'dispatched',
      (told) => told.filed && !told.voided,
      (told) => told.dispatched,
    ),
    rate('handled', toHandle, (told) => told.handled),
    rate(
      'handledOnTime',
      (told) => toHandle(told) && !told.exempt,
      (told) => told.handledOnTime,
    ),
    rate(
      'closed',
      (told) => told.handled,
      (told) => told.closed,
    ),
    rate(
      'closedOnTime',
      (told) => told.handled && !told.exempt,
      (told) => told.closedOnTime,
    ),
    rate(
      'sentBack',
      (told) => told.handled,
      (told) => told.sentBack,
    ),
    rate(
      'answered',
      (told) => told.closed,
      (told) => told.answer !== null,
    ),
    rate(
      'fixed',
      (told) => told.answer !== null,
      (told) => told.answer?.fixed === true,
    ),
    rate(
      'satisfied',
      (told) => told.answer !== null,
      (told) => ['satisfied', 'basically'].includes(told.answer?.rating ?? ''),
    ),
  ]
}
