type Periods = readonly (readonly [number, number])[]

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Office periods in words, `08:30–12:00 14:00–17:30`; minutes after midnight in. */
export function hoursText(periods: Periods): string {
  return periods.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(' ')
}

/** The days of a month as weeks from Monday on, with undefined where another month begins or ends; `month` as `2026-11`. */
export function weeksOf(month: string): readonly (readonly (string | undefined)[])[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const before = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7
  const cells = [...Array.from({ length: before }, () => undefined), ...Array.from({ length }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (__, day) => cells[week * 7 + day]))
}

/** The month so many months away from another. */
export function monthAfter(month: string, steps: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + steps, 1)).toISOString().slice(0, 7)
}
