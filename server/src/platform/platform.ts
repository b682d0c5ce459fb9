import type pg from 'pg'
import type { BlobStore } from './blobs/blobs.ts'
import type { CityPackage } from './city.ts'
import type { Config } from './config.ts'
import type { Db, Tx } from './db/database.ts'
import type { HtmlPages } from './http/html-routes.ts'
import type { Route } from './http/request.ts'
import type { Shedding } from './http/shedding.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Activity } from './operations/activity.ts'
import type { LoopWatch } from './operations/loop-watch.ts'
import type { OutsideSystem } from './operations/systems.ts'
import type { Reaction } from './outbox.ts'
import type { Dataset } from './privacy/dataset.ts'
import type { Eraser } from './privacy/eraser.ts'
import type { Realtime } from './realtime.ts'
import type { Runtime } from './runtime.ts'

/** What every module is given: the program's means, and nothing of another module. */
export interface Platform {
  readonly config: Config
  readonly log: Log
  readonly runtime: Runtime
  readonly db: Db
  readonly pool: pg.Pool
  readonly city: CityPackage
  readonly metrics: Metrics
  readonly realtime: Realtime
  readonly blobs: BlobStore
  /** Absolute path of the data folder, which this process holds. */
  readonly dataFolder: string
  /** How loaded the process is, and what it refuses for that. */
  readonly vitals: { readonly loop: LoopWatch; readonly shedding: Shedding }
  /** What pumps and jobs of this process have done. */
  readonly activity: Activity
  /** Runs one command's work in one transaction and wakes the relay when it has committed. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** What a module tells the platform about itself. */
export interface Registration {
  readonly name: string
  readonly routes: readonly Route[]
  /** Pages made on the server, for those who have no script. */
  readonly pages?: HtmlPages
  readonly reactions?: readonly Reaction[]
  /** Work that looks at a table again and again; returns how much it did. */
  readonly pumps?: readonly { readonly name: string; readonly everyMs: number; readonly work: () => Promise<number> }[]
  /** What may be exported through the gate. */
  readonly datasets?: readonly Dataset[]
  /** What clears personal data when its time is over. */
  readonly erasers?: readonly Eraser[]
  /** Jobs by cron pattern (UTC); each is idempotent. */
  readonly jobs?: readonly { readonly name: string; readonly cron: string; readonly run: () => Promise<void> }[]
  /** Systems of others that the module works with, for the register on the operations page. */
  readonly systems?: readonly OutsideSystem[]
}
