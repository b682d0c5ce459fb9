import type { Queryable } from '../../platform/db/database.ts'
import type { Actor } from '../../platform/rights/actor.ts'

/** Open cases of one matter that keep one edition, by condition row; null where none is chosen yet. */
export interface OpenCases {
  readonly matterKey: string
  readonly edition: number
  readonly conditionRow: number | null
  readonly count: number
}
/** How many open cases were looked at and how many got a line. */
export interface KeptUp {
  readonly seen: number
  readonly changed: number
}
/** The open cases of one matter from one edition to another; rows that are not in the map stay where they are. */
export interface EditionMove {
  readonly matterKey: string
  readonly from: number
  readonly to: number
  readonly rows: ReadonlyMap<number, number>
}

/** What `catalog` wants from others; app.ts connects it. */
export interface CatalogPorts {
  openCases(db: Queryable): Promise<readonly OpenCases[]>
  /** One line for each case, each in a transaction of its own: a repetition goes on where it stopped. */
  migrateOpenCases(actor: Actor, move: EditionMove): Promise<KeptUp>
  /** Counts the provisional deadlines of open cases again; a repetition changes nothing. */
  recountProvisional(): Promise<KeptUp>
}
