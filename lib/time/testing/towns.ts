import type { WorkCalendar } from '../calendar.ts'
import { mainland, SPLIT_DAY } from './mainland.ts'
import { lookAtEveryMinute, type Walk } from './minute-walk.ts'

export interface TownCalendar {
  readonly name: string
  readonly calendar: WorkCalendar
  readonly walk: Walk
}

/** The span that is walked. */
export const WALK_FROM = Date.UTC(2023, 11, 30)
export const WALK_TO = Date.UTC(2027, 3, 1)

const calendars: readonly (readonly [name: string, calendar: WorkCalendar])[] = [
  ['mainland China with 调休', mainland()],
  ['mainland China with a short Friday and a long Saturday duty', mainland({ ...SPLIT_DAY, byWeekday: { 5: [[510, 725]], 6: [[0, 1440]] } })],
  [
    'Amsterdam, open on Sundays in the hour that is skipped and repeated',
    mainland({ ...SPLIT_DAY, byWeekday: { 7: [[90, 330]] } }, { timeZone: 'Europe/Amsterdam', weekend: [6] }),
  ],
  [
    'New York, open at night',
    mainland(
      {
        standard: [
          [0, 210],
          [600, 1440],
        ],
      },
      { timeZone: 'America/New_York', weekend: [3], days: {} },
    ),
  ],
]

/** Calendars of towns, each with what somebody sees who looks at every minute of 2024 to 2026 there. */
export const TOWNS: readonly TownCalendar[] = calendars.map(([name, calendar]) => ({
  name,
  calendar,
  walk: lookAtEveryMinute(plainly(calendar), WALK_FROM, WALK_TO),
}))

function plainly(calendar: WorkCalendar): Parameters<typeof lookAtEveryMinute>[0] {
  const { byWeekday, standard } = calendar.officeHours
  const named = (kind: 'rest' | 'work') => new Set(Object.keys(calendar.days).filter((day) => calendar.days[day] === kind))
  const hours = Object.fromEntries(Object.entries(byWeekday ?? {}).map(([weekday, periods]) => [Number(weekday) % 7, periods]))
  return {
    timeZone: calendar.timeZone,
    rest: named('rest'),
    work: named('work'),
    weekend: calendar.weekend.map((day) => day % 7),
    hours: { ...hours, any: standard },
  }
}
