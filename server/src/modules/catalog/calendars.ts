import type { WorkCalendar } from '@linli/lib/time/calendar'
import type { Db } from '../../platform/db/database.ts'
import type { Condition, Matter } from './import/matter.ts'
import { readNewestCalendars, type CalendarRow } from './store.ts'

/** The working calendars of a city in memory, each in its newest version (工作日历). */
export class Calendars {
  readonly #db: Db
  readonly #standard: string
  #rows = new Map<string, CalendarRow>()

  /** `standard` is the id of the calendar of every matter that names none. */
  constructor(db: Db, standard: string) {
    this.#db = db
    this.#standard = standard
  }

  async refresh(): Promise<void> {
    this.#rows = new Map((await readNewestCalendars(this.#db)).map((row) => [row.id, row]))
  }

  /** Every calendar, the standard one first. */
  get rows(): readonly CalendarRow[] {
    return [...this.#rows.values()].toSorted(
      (one, other) => Number(other.id === this.#standard) - Number(one.id === this.#standard) || (one.id < other.id ? -1 : 1),
    )
  }

  get standardId(): string {
    return this.#standard
  }

  find(id: string): CalendarRow | undefined {
    return this.#rows.get(id)
  }

  /** The calendar by which everything counts that names none. Throws CALENDAR_NOT_READ before the first refresh. */
  standard(): WorkCalendar {
    const row = this.#rows.get(this.#standard)
    if (!row) throw new Error('CALENDAR_NOT_READ')
    return row.value
  }

  /** The calendar of a condition row, else of its matter, else the standard one; a name that no calendar bears counts as none. */
  of(matter: Matter | undefined, condition: Condition | undefined): WorkCalendar {
    return this.#rows.get(condition?.calendar ?? matter?.calendar ?? this.#standard)?.value ?? this.standard()
  }
}
