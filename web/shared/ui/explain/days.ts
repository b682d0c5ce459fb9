const DAY_MS = 86_400_000

/** The city's day (`YYYY-MM-DD`) so many days after the one of an instant in milliseconds. */
export function dayAfter(timeZone: string, now: number, days = 1): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now + days * DAY_MS)
}
