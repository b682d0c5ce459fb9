import type { Moved } from './moved.ts'

const MOST_LATEST = 60
const MOST_FRESH = 200
/** How long a case that moved is marked, in milliseconds. */
const FRESH_MS = 6_000

/** What the screen knows of the stream (动态): how much it heard, the last lines, and which cases have just moved. Its size does not grow. */
export interface Heard {
  /** Events since the screen was opened, those without a place or a state too. */
  readonly count: number
  /** Events of a shape that this screen does not know: shown as such, never dropped in silence. */
  readonly strange: number
  /** Newest first. */
  readonly latest: readonly Moved[]
  readonly fresh: ReadonlySet<string>
  /** When each mark ends, in milliseconds since 1970, oldest first. */
  readonly marks: readonly (readonly [id: string, until: number])[]
}
export const NOTHING_HEARD: Heard = { count: 0, strange: 0, latest: [], fresh: new Set(), marks: [] }

/** What is known after a batch of events; undefined stands for one that could not be read. `now` in milliseconds since 1970. */
export function hear(before: Heard, batch: readonly (Moved | undefined)[], now: number): Heard {
  const moves = batch.filter((moved) => moved !== undefined)
  const young = before.marks.filter(([id, until]) => until > now && !moves.some((moved) => moved.id === id))
  const newest = [...new Set(moves.toReversed().map(({ id }) => id))].slice(0, MOST_FRESH)
  const marks = [...young, ...newest.map((id) => [id, now + FRESH_MS] as const)].slice(-MOST_FRESH)
  return {
    count: before.count + batch.length,
    strange: before.strange + batch.length - moves.length,
    latest: moves.length === 0 ? before.latest : [...moves.slice(-MOST_LATEST).toReversed(), ...before.latest].slice(0, MOST_LATEST),
    marks,
    fresh: new Set(marks.map(([id]) => id)),
  }
}

/** Takes away the marks that are over; the same value where none is. */
export function forget(before: Heard, now: number): Heard {
  const marks = before.marks.filter(([, until]) => until > now)
  return marks.length === before.marks.length ? before : { ...before, marks, fresh: new Set(marks.map(([id]) => id)) }
}
