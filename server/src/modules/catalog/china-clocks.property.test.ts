import type { OfficeHours } from '@linli/lib/time/calendar'
import { dueAt } from '@linli/lib/time/clocks'
import { clocksAgreeWithTheWalk } from '@linli/lib/time/testing/clock-properties'
import { lookAtEveryMinute, walkOn, type Town } from '@linli/lib/time/testing/minute-walk'
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { chinaCalendar } from './china-calendar.ts'

const FROM = Date.UTC(2023, 11, 31, 12)
const TO = Date.UTC(2027, 0, 2)
const SPLIT: OfficeHours['standard'] = [
  [510, 720],
  [810, 1050],
]
const rest = new Set(Object.keys(notices.holidays))
const work = new Set(Object.keys(notices.workdays))

/** The same office hours twice: as the program is told them, and as the walk is (Sunday is 0). */
const OFFICES: readonly (readonly [name: string, timeZone: string, hours: OfficeHours, plain: Town['hours']])[] = [
  ['split hours in Shanghai', 'Asia/Shanghai', { standard: SPLIT }, { any: SPLIT }],
  [
    'a short Friday and make-up Saturdays of their own in Shanghai',
    'Asia/Shanghai',
    { standard: SPLIT, byWeekday: { 5: [[510, 725]], 6: [[540, 720]] } },
    { any: SPLIT, 5: [[510, 725]], 6: [[540, 720]] },
  ],
  ['a consulate in Amsterdam', 'Europe/Amsterdam', { standard: [[0, 1440]] }, { any: [[0, 1440]] }],
  ['a consulate in New York', 'America/New_York', { standard: SPLIT, byWeekday: { 7: [[60, 240]] } }, { any: SPLIT, 0: [[60, 240]] }],
]

describe.each(OFFICES)('with the published days of 2024 to 2026 and %s', (_, timeZone, officeHours, hours) => {
  const calendar = chinaCalendar({ id: 'walked', version: '1', firstYear: 2024, lastYear: 2026, officeHours, timeZone })
  const walk = lookAtEveryMinute({ timeZone, rest, work, weekend: [0, 6], hours }, FROM, TO)
  // What starts later could end after the last published day.
  clocksAgreeWithTheWalk(calendar, walk, FROM, Date.UTC(2026, 9, 20), 1000)

  it('every day of the three years is an office day or not as it was published', () => {
    for (let noon = Date.UTC(2024, 0, 1, 12); noon < Date.UTC(2026, 11, 20); noon += 86_400_000) {
      const walked = walkOn(walk, 'workDay', noon, { limit: walk.common * 60_000 })
      expect([new Date(noon).toISOString(), dueAt('workDay', 1, noon, calendar).dueAt]).toEqual([new Date(noon).toISOString(), walked.at])
    }
  })
})
