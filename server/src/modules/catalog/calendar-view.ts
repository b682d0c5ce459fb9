import type { AnswerOf } from '@linli/contract/endpoint'
import type { catalog as contract } from '@linli/contract/endpoints/catalog'
import type { OfficeHours, OfficePeriods } from '@linli/lib/time/calendar'
import type { Matter } from './import/matter.ts'
import type { CalendarRow } from './store.ts'

type View = AnswerOf<typeof contract.listCalendars>['rows'][number]

/** How many matters count by each calendar, by id; a matter whose rows differ counts for each of them. */
export function countMatters(matters: readonly Matter[], standard: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const matter of matters) {
    const named = matter.conditions.map((row) => row.calendar ?? matter.calendar ?? standard)
    for (const id of new Set(named.length === 0 ? [matter.calendar ?? standard] : named)) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

const periods = (given: OfficePeriods): [number, number][] => given.map(([start, end]) => [start, end])

/** Office hours as the contract shows them. */
export function officeView(hours: OfficeHours): View['officeHours'] {
  const byWeekday = Object.entries(hours.byWeekday ?? {}).map(([day, given]) => [day, periods(given)] as const)
  return { standard: periods(hours.standard), ...(byWeekday.length > 0 ? { byWeekday: Object.fromEntries(byWeekday) } : {}) }
}

/** A calendar (工作日历) as a list shows it. */
export function calendarView(row: CalendarRow, standard: string, matters: ReadonlyMap<string, number>): View {
  return {
    id: row.id,
    zh: row.zh,
    en: row.en,
    standard: row.id === standard,
    version: row.version,
    publishedAt: row.publishedAt.toISOString(),
    note: row.note,
    timeZone: row.value.timeZone,
    officeHours: officeView(row.value.officeHours),
    weekend: [...row.value.weekend],
    knownFrom: row.value.knownFrom ?? null,
    horizon: row.value.horizon,
    matters: matters.get(row.id) ?? 0,
  }
}
