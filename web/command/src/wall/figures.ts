import type { AnswerOf } from '@linli/contract/endpoint'
import type { insight } from '@linli/contract/endpoints/reach'
import type { Point } from '@linli/web-shared/ui'

type History = AnswerOf<typeof insight.history>

/** A day of the city as month and day; the year goes without saying on a trend of some weeks. */
export const dayLabel = (day: string): string => day.slice(5).replace('-', '/')

/** How many came, or closed, on each day. */
export const countsByDay = (history: History | undefined, what: 'received' | 'closed'): Point[] =>
  (history?.rows ?? []).map((row) => ({ label: dayLabel(row.day), value: row[what] }))

/** A rate of what came on each day; a day without cases has none. */
export const ratesByDay = (history: History | undefined, indicator: string): Point[] =>
  (history?.rows ?? []).map((row) => ({ label: dayLabel(row.day), value: row.rates.find((rate) => rate.indicator === indicator)?.value ?? null }))
