const formats = new Map<string, Intl.DateTimeFormat>()
const last = new Map<string, { readonly minute: number; readonly day: string }>()

/** The calendar day `YYYY-MM-DD` of an instant (Unix milliseconds) in a time zone. To make a formatter or to ask it costs more than most rules do, so both are kept; no zone of today changes its day inside a minute. */
export function dayOf(timeZone: string, at: number): string {
  const minute = Math.floor(at / 60_000)
  const known = last.get(timeZone)
  if (known?.minute === minute) return known.day
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  const day = format.format(minute * 60_000)
  last.set(timeZone, { minute, day })
  return day
}
