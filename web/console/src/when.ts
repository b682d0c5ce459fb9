const parts = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

/** An instant as a field of date and time wants it, `2026-11-22T14:05`, in the city's time zone; `at` in milliseconds since 1970. */
export function fieldOf(at: number, timeZone: string): string {
  const found = Object.fromEntries(
    parts(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return `${found['year']}-${found['month']}-${found['day']}T${found['hour']}:${found['minute']}`
}

/** The day of an instant in the city's time zone, `2026-11-22`. */
export function dayOf(at: number, timeZone: string): string {
  return fieldOf(at, timeZone).slice(0, 10)
}

/** The instant (RFC 3339) that a field of date and time names in the city's time zone; undefined where it is empty or none. */
export function instantOf(field: string, timeZone: string): string | undefined {
  const wanted = Date.parse(`${field}Z`)
  if (Number.isNaN(wanted)) return undefined
  // The offset is that of the instant itself: one look is enough but near a change of clocks, where a second one corrects it.
  let at = wanted
  for (let look = 0; look < 2; look += 1) at -= Date.parse(`${fieldOf(at, timeZone)}Z`) - wanted
  return new Date(at).toISOString()
}
