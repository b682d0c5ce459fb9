import { describe } from 'vitest'
import { DAY_MS } from './day.ts'
import { clocksAgreeWithTheWalk } from './testing/clock-properties.ts'
import { TOWNS, WALK_FROM, WALK_TO } from './testing/towns.ts'

describe.each(TOWNS)('on the calendar of $name', ({ calendar, walk }) => {
  clocksAgreeWithTheWalk(calendar, walk, WALK_FROM, WALK_TO - 160 * DAY_MS, 200)
})
