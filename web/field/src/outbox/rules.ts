import type { Entry, Stamp } from './types.ts'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * 60_000

/** How long to wait after so many tries, in milliseconds; `share` (0 to 1) spreads telephones that lost the network together. */
export function waitAfter(tries: number, share: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10))
  return Math.round(wait * (0.5 + share / 2))
}

/** The entries that may go now: of each lane the first, unless it was refused or must wait; in the order in which things were done. */
export function ready(entries: readonly Entry[], personId: string, now: number): Entry[] {
  const lanes = new Set<string>()
  return [...entries]
    .filter((entry) => entry.personId === personId)
    .sort((one, other) => one.n - other.n)
    .filter((entry) => {
      if (lanes.has(entry.lane)) return false
      lanes.add(entry.lane)
      return entry.rejection === null && entry.nextAt <= now
    })
}

/**
 * When something was done by the server's clock (epoch ms). A telephone's clock may be wrong, and may be put right or wrong while there is
 * no network: of what its clock said with the difference known then, and with the one known now, the first that lies between the last word
 * of the server before it and now is taken; where neither does, the nearest instant that does.
 */
export function madeAtOf(stamp: Stamp, offsetNow: number, now: number): number {
  const fits = (at: number) => at >= stamp.notBefore && at <= now
  const [then, later] = [stamp.deviceAt + stamp.offsetMs, stamp.deviceAt + offsetNow]
  return fits(then) ? then : fits(later) ? later : Math.min(now, Math.max(stamp.notBefore, later))
}

/** What is to be done about a failure to send. */
export type Verdict = 'later' | 'signIn' | 'photosAgain' | 'refused'

/** What a failure means: no network and a busy server wait, an ended session waits for its person, lost photos go again, all else was refused. */
export function verdictOf(problem: { readonly code: string; readonly status: number }, signedIn: boolean): Verdict {
  if (problem.status === 0 || problem.status >= 500 || problem.status === 429 || problem.code === 'ANSWER_UNREADABLE') return 'later'
  // A report without a session is taken for one of the public, who may not report for this channel.
  if (problem.code === 'SESSION_MISSING' || (problem.code === 'PERMISSION_MISSING' && !signedIn)) return 'signIn'
  if (problem.code === 'BLOB_UNKNOWN') return 'photosAgain'
  return 'refused'
}
