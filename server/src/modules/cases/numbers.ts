import { caseNumber } from '@linli/lib/ids'
import { dayOf } from '@linli/lib/time/day-of'
import type { Db } from '../../platform/db/database.ts'
import { reserveNumbers } from './store.ts'

const BLOCK = 50

/** Hands out case numbers from blocks that this process reserved: unique, not gapless, and no writer waits for another. */
export class CaseNumbers {
  readonly #db: Db
  readonly #prefix: string
  readonly #timeZone: string
  #day = ''
  #next = 0
  #end = 0
  #pending: Promise<void> | undefined

  constructor(db: Db, prefix: string, timeZone: string) {
    this.#db = db
    this.#prefix = prefix
    this.#timeZone = timeZone
  }

  async take(at: Date): Promise<string> {
    const day = dayOf(this.#timeZone, at.getTime()).replaceAll('-', '')
    while (day !== this.#day || this.#next >= this.#end) {
      this.#pending ??= this.#reserve(day).finally(() => (this.#pending = undefined))
      await this.#pending
    }
    const serial = this.#next
    this.#next += 1
    return caseNumber(this.#prefix, day, serial)
  }

  async #reserve(day: string): Promise<void> {
    const end = await reserveNumbers(this.#db, day, BLOCK)
    this.#day = day
    this.#end = end
    this.#next = end - BLOCK
  }
}
