/** Deadlines set, paused and accounted for a second by the working-time clocks, one core, median of five, beside plain addition of milliseconds as the floor. Usage: node bench/clocks.ts */
import { cpus } from 'node:os'
import { dueAt, type ClockKind } from '@linli/lib/time/clocks'
import { explainDeadline } from '@linli/lib/time/explain'
import { dueAfter, leftAt } from '@linli/lib/time/pause'
import { chinaCalendar } from '../server/src/modules/catalog/china-calendar.ts'

const RUNS = 5
const COUNT = 500_000
const START = Date.UTC(2025, 0, 6)
const calendar = chinaCalendar({
  id: 'bench',
  version: 'bench',
  firstYear: 2024,
  lastYear: 2026,
  officeHours: {
    standard: [
      [510, 720],
      [810, 1050],
    ],
  },
})

function perSecond(work: (index: number) => number, count = COUNT): number {
  const rates = Array.from({ length: RUNS + 1 }, () => {
    const began = performance.now()
    let sum = 0
    for (let index = 0; index < count; index++) sum += work(index)
    if (sum === 0) throw new Error('nothing was computed')
    return count / ((performance.now() - began) / 1000)
  }).slice(1)
  return Math.round(rates.toSorted((one, other) => one - other)[RUNS >> 1] ?? 0)
}

const floor = perSecond((index) => START + index * 997 + 3_600_000)
console.log(`${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`)
console.log(`floor: adding milliseconds ${floor}/s`)
for (const clock of ['urgentHour', 'urgentDay', 'workHour', 'workDay', 'naturalDay'] satisfies ClockKind[]) {
  const rate = perSecond((index) => dueAt(clock, 1 + (index % 15), START + index * 997, calendar).dueAt)
  console.log(`${clock} ${rate}/s, ${(rate / floor).toFixed(3)} of the floor`)
}
const paused = perSecond((index) => {
  const start = START + index * 997
  const left = leftAt('workDay', 1 + (index % 15), start, start + 3_600_000, calendar)
  return dueAfter('workDay', left, start + 90_000_000, calendar, start).dueAt
})
console.log(`workDay, paused and resumed ${paused}/s, ${(paused / floor).toFixed(4)} of the floor`)
const explained = perSecond((index) => explainDeadline('workDay', 1 + (index % 15), START + index * 997, calendar).rows.length, COUNT / 50)
console.log(`workDay, accounted for day by day ${explained}/s`)
