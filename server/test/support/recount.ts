import type { TestServer } from './server.ts'

interface Line {
  readonly id: string
  readonly areaPath: string
  readonly openedAt: Date
  readonly at: Date
  readonly move: string
  readonly reason: string | null
  readonly facts: { readonly owner?: string; readonly deadlines?: readonly { stage: string; dueAt: string }[] }
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
}
export interface Figure {
  readonly indicator: string
  readonly numerator: number
  readonly denominator: number
}

const BACK = ['not-found', 'return-to-acceptor', 'return-to-dispatcher', 'substandard', 'rework']

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
  }
  const due = new Map<string, Date>()
  const late = new Set<string>()
  for (const line of lines) {
    const inTime = (stage: string) => !late.has(stage) && line.at <= (due.get(stage) ?? line.at)
    if (line.move === 'overdue') late.add(line.reason ?? '')
    if (BACK.includes(line.move)) told.sentBack = true
    if (!told.closed) step(told, line.move, inTime)
    if (line.facts.owner !== undefined) told.owner = line.facts.owner
    if (['return-to-dispatcher', 'rework', 'reopen', 'return-to-acceptor', 'review'].includes(line.move)) told.owner = null
    for (const deadline of line.facts.deadlines ?? []) {
      due.set(deadline.stage, new Date(deadline.dueAt))
      late.delete(deadline.stage)
    }
  }
  return told
}

/** What a line changes before the first closing, which fixes the facts (architecture, "The loop"). */
function step(told: Told, move: string, inTime: (stage: string) => boolean): void {
  if (move === 'file' || move === 'auto-file') told.filed = true
  if (['return-to-acceptor', 'review'].includes(move)) Object.assign(told, { filed: false, dispatched: false, voided: false })
  if (move === 'dispatch' || move === 'auto-dispatch') told.dispatched = true
  if (['return-to-dispatcher', 'rework'].includes(move)) Object.assign(told, { dispatched: false, handled: false, handledOnTime: false })
  if (move === 'substandard') Object.assign(told, { handled: false, handledOnTime: false })
  if (move === 'handle') Object.assign(told, { handled: true, handledOnTime: inTime('handle') })
  if (move === 'void' || move === 'auto-reject') told.voided = true
  if (move === 'close') Object.assign(told, { closed: true, closedOnTime: inTime('check') && told.handledOnTime })
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
    rate('handledOnTime', toHandle, (told) => told.handledOnTime),
    rate(
      'closed',
      (told) => told.handled,
      (told) => told.closed,
    ),
    rate(
      'closedOnTime',
      (told) => told.handled,
      (told) => told.closedOnTime,
    ),
    rate(
      'sentBack',
      (told) => told.handled,
      (told) => told.sentBack,
    ),
  ]
}
