import { localDay, readZone } from '@linli/lib/time/zone'
import { DAY_MS } from '@linli/lib/time/day'
import type { Platform } from '../../platform/platform.ts'
import type { Item, ItemEdition } from './items.ts'
import { findPeriod, livePeriods, periodsDue, type Days, type Period } from './periods.ts'
import type { PatrolPorts } from './ports.ts'
import { readItemEditions, type CallRow } from './store.ts'

/** One item in one of its periods; a call holds below its own area alone. */
export interface ItemPeriod {
  readonly item: Item
  readonly edition: number
  readonly period: Period
  /** Path at or below which it is due; the whole city for what recurs. */
  readonly below: string | undefined
}

const CALL = 'call-'
/** The key of the period that a call makes. */
export const callKey = (id: string) => `${CALL}${id}`
/** The call that a period's key names. */
export const callIdOf = (period: string) => (period.startsWith(CALL) ? period.slice(CALL.length) : undefined)

/**
 * The register of what is due (应巡清单): nothing of it is stored. A period counts by the edition of the items that was in force when it
 * began; the first edition counts for the periods that ran when it was published.
 */
export class Register {
  readonly #platform: Platform
  readonly #ports: PatrolPorts
  #editions: readonly ItemEdition[] = []

  constructor(platform: Platform, ports: PatrolPorts) {
    this.#platform = platform
    this.#ports = ports
  }

  async refresh(): Promise<void> {
    this.#editions = await readItemEditions(this.#platform.db)
  }

  get editions(): readonly ItemEdition[] {
    return this.#editions
  }

  /** The edition in force; undefined in a city that has published no items. */
  get current(): ItemEdition | undefined {
    return this.#editions.at(-1)
  }

  get days(): Days {
    const now = this.#platform.runtime.now()
    const zone = readZone(this.#platform.city.city.timeZone, now - 800 * DAY_MS, now + 800 * DAY_MS)
    return { zone, calendar: this.#ports.calendar() }
  }

  today(): number {
    return localDay(this.days.zone, this.#platform.runtime.now())
  }

  /** Items whose periods run now or may still be made good, by item and then oldest first; calls behind them. */
  live(now: number, calls: readonly CallRow[]): ItemPeriod[] {
    const { days } = this
    return [...this.#recurring((item) => livePeriods(item, now, days)), ...this.#called(calls)]
  }

  /** Items whose periods are due between two days (days since 1970-01-01, both counted). */
  due(from: number, to: number, calls: readonly CallRow[]): ItemPeriod[] {
    const { days } = this
    return [...this.#recurring((item) => periodsDue(item, from, to, days)), ...this.#called(calls)]
  }

  /** One item in one period of its own; undefined where there is none, or where no edition in force had it. */
  find(itemKey: string, period: string, call: CallRow | undefined): ItemPeriod | undefined {
    if (call) return this.#called([call]).find((each) => each.item.key === itemKey)
    const { days } = this
    return this.#recurring((item) => [item.key === itemKey ? findPeriod(item, period, days) : undefined].filter((each) => each !== undefined))[0]
  }

  #recurring(periodsOf: (item: Item) => Period[]): ItemPeriod[] {
    return this.#editions.flatMap((edition) =>
      edition.items.flatMap((item) =>
        item.frequency === 'afterEvent'
          ? []
          : periodsOf(item)
              .filter((period) => this.#inForce(period)?.edition === edition.edition)
              .map((period) => ({ item, edition: edition.edition, period, below: undefined })),
      ),
    )
  }

  #inForce(period: Period): ItemEdition | undefined {
    const [first] = this.#editions
    return (
      this.#editions.findLast((edition) => edition.publishedAt.getTime() <= period.startsAt) ??
      (first && first.publishedAt.getTime() < period.dueAt ? first : undefined)
    )
  }

  #called(calls: readonly CallRow[]): ItemPeriod[] {
    return calls.flatMap((call) => {
      const item = this.#editions.find((edition) => edition.edition === call.itemEdition)?.items.find((each) => each.key === call.itemKey)
      const period: Period = {
        key: callKey(call.id),
        dueDay: localDay(this.days.zone, call.dueAt.getTime() - 1),
        startsAt: call.calledAt.getTime(),
        dueAt: call.dueAt.getTime(),
        closesAt: call.closesAt.getTime(),
      }
      return item ? [{ item, edition: call.itemEdition, period, below: call.areaPath }] : []
    })
  }
}
