import { caseNumber } from '@linli/lib/ids'
import { one, sql, type Db } from '../../platform/db/database.ts'

const BLOCK = 50

/** Hands out case numbers from blocks that this process reserved: unique, not gapless, and no writer waits for another. */
export class CaseNumbers {
  readonly #db: Db
  readonly #prefix: string
  readonly #format: Intl.DateTimeFormat
  #day = ''
  #next = 0
  #end = 0
  #pending: Promise<void> | undefined

  constructor(db: Db, prefix: string, timeZone: string) {
    this.#db = db
    this.#prefix = prefix
    this.#format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  }

  async take(at: Date): Promise<string> {
    const day = this.#format.format(at).replaceAll('-', '')
    while (day !== this.#day || this.#next >= this.#end) {
      this.#pending ??= this.#reserve(day).finally(() => (this.#pending = undefined))
      await this.#pending
    }
    const serial = this.#next
    this.#next += 1
    return caseNumber(this.#prefix, day, serial)
  }

  async #reserve(day: string): Promise<void> {
    const row = await one<{ next_serial: number }>(this.#db, sql`insert into platform.number_block (day, next_serial) values (${day}, ${1 + BLOCK}) on conflict (day) do update set next_serial = platform.number_block.next_serial + ${BLOCK} returning next_serial`)
    if (!row) return
    this.#day = day
    this.#end = row.next_serial
    this.#next = row.next_serial - BLOCK
  }
}
