import type { DUTY_STATES } from '@linli/contract/endpoints/patrol'
import type { Period } from './periods.ts'

export type DutyState = (typeof DUTY_STATES)[number]
type Instants = Pick<Period, 'startsAt' | 'dueAt' | 'closesAt'>

/** How long an act may wait on a telephone and still count from when it was made there. */
const OFFLINE_MS = 48 * 3_600_000
/** How far the clock of a telephone may run ahead. */
const AHEAD_MS = 5 * 60_000
/** How long an entry may be taken back. */
const CORRECTABLE_MS = 24 * 3_600_000

/** The state of a duty nobody has settled, at an instant (epoch ms). */
export function unsettledState(period: Instants, now: number): DutyState {
  return now < period.dueAt ? 'open' : now < period.closesAt ? 'overdue' : 'missed'
}

/** When an act counts (epoch ms): as the telephone says, unless it came in too late to believe that. */
export function countsAt(madeAt: number, receivedAt: number): number {
  return receivedAt - madeAt <= OFFLINE_MS ? Math.min(madeAt, receivedAt) : receivedAt
}

/** Why an act may not be taken for a period; undefined where it may. */
export function actObjection(period: Instants, madeAt: number, receivedAt: number): 'DUTY_TIME_INVALID' | 'DUTY_NOT_OPEN' | undefined {
  if (madeAt > receivedAt + AHEAD_MS) return 'DUTY_TIME_INVALID'
  const at = countsAt(madeAt, receivedAt)
  return at < period.startsAt || at >= period.closesAt ? 'DUTY_NOT_OPEN' : undefined
}

/** Whether an entry may be taken back: within a day, by whoever made it, and not what was itself a correction or carried over. */
export function isCorrectable(
  entry: { readonly kind: string; readonly personId: string | null; readonly receivedAt: Date },
  personId: string,
  now: number,
): boolean {
  return (entry.kind === 'do' || entry.kind === 'excuse') && entry.personId === personId && now - entry.receivedAt.getTime() <= CORRECTABLE_MS
}

/** What a grid made of others takes over for one duty: nothing unless each of them settled it; late if any was, excused if all were. */
export function carriedState(states: readonly (DutyState | undefined)[]): DutyState | undefined {
  if (states.length === 0 || states.some((state) => state === undefined)) return undefined
  if (states.every((state) => state === 'excused')) return 'excused'
  return states.includes('late') ? 'late' : 'done'
}

/** Shares of a tally; null where nothing was due but what is excused. */
export function shares(tally: { readonly due: number; readonly excused: number; readonly done: number; readonly late: number }): {
  carriedOut: number | null
  onTime: number | null
} {
  const base = tally.due - tally.excused
  return base <= 0 ? { carriedOut: null, onTime: null } : { carriedOut: (tally.done + tally.late) / base, onTime: tally.done / base }
}
