import type { AnswerOf } from '@linli/contract/endpoint'
import type { operations } from '@linli/contract/endpoints/operations'
import { nextRun, type CronMatch } from './next-run.ts'
import { RunRecord } from './run-record.ts'

type PumpView = AnswerOf<typeof operations.get>['pumps'][number]
type JobView = AnswerOf<typeof operations.get>['jobs'][number]

/** A pump as the operations page knows it. */
export class PumpRecord extends RunRecord {
  readonly name: string
  readonly #everyMs: number
  #done = 0
  #stopped = false

  constructor(name: string, everyMs: number, now: () => number) {
    super(now)
    this.name = name
    this.#everyMs = everyMs
  }

  /** Runs one look and adds what it did to the count. */
  async look(work: () => Promise<number>): Promise<number> {
    const count = await this.track(work)
    this.#done += count
    return count
  }

  stop(): void {
    this.#stopped = true
  }

  show(): PumpView {
    return {
      name: this.name,
      everyMs: this.#everyMs,
      state: this.#stopped ? 'stopped' : this.running ? 'running' : 'waiting',
      done: this.#done,
      ...this.view(),
    }
  }
}

/** A job as the operations page knows it. */
export class JobRecord extends RunRecord {
  readonly name: string
  readonly #cron: string
  readonly #match: CronMatch

  constructor(name: string, cron: string, match: CronMatch, now: () => number) {
    super(now)
    this.name = name
    this.#cron = cron
    this.#match = match
  }

  show(now: Date): JobView {
    const view = this.view()
    return {
      name: this.name,
      cron: this.#cron,
      state: this.running ? 'running' : view.runs === 0 ? 'never' : view.failuresInARow > 0 ? 'failed' : 'done',
      nextAt: nextRun(this.#match, now)?.toISOString() ?? null,
      ...view,
    }
  }
}

/** Every pump and job of this process (后台任务登记). */
export class Activity {
  readonly pumps: PumpRecord[] = []
  readonly jobs: JobRecord[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  pump(name: string, everyMs: number): PumpRecord {
    const record = new PumpRecord(name, everyMs, this.#now)
    this.pumps.push(record)
    return record
  }

  job(name: string, cron: string, match: CronMatch): JobRecord {
    const record = new JobRecord(name, cron, match, this.#now)
    this.jobs.push(record)
    return record
  }
}
