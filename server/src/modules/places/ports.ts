import type { Queryable, Tx } from '../../platform/db/database.ts'
import type { GroundChange } from './ground/change.ts'

/** So many things of one area that go to another; `to` is null where no area takes them, and equals `from` where they stay. */
export interface Carried {
  readonly from: string
  readonly to: string | null
  readonly count: number
}

/**
 * A kind of thing that stands on the ground and follows it when areas change (随网格调整): open cases, people at grids, recurring
 * duties. app.ts connects one for each; the order given is the order in which they are carried.
 */
export interface GroundFollower {
  /** One word for reports, such as `case` or `assignment`. */
  readonly what: string
  /** How many there are in the whole city; a change that alters this number is refused. */
  count(db: Queryable): Promise<number>
  /** What would go where; reads only. */
  preview(db: Queryable, change: GroundChange): Promise<readonly Carried[]>
  /** Carries them over in the transaction that changes the ground, and says what went where. */
  carry(tx: Tx, change: GroundChange): Promise<readonly Carried[]>
  /** What has to wait for the commit, at or below these paths; repeated until it has succeeded once, so it must bear repetition. */
  settle?(scopePaths: readonly string[]): Promise<void>
}

/** What `places` wants from others; app.ts connects it. */
export interface PlacesPorts {
  readonly followers: readonly GroundFollower[]
}
