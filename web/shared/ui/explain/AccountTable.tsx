import { dayStart, useI18n, type I18nView } from '../../i18n/index.ts'
import { countsHours, placeInDay, roundAmount, runningSums, type Account, type AccountRow } from './account.ts'

/** The count day by day: each row with its spans, what of them counts, and the sum so far, up to the limit. */
export function AccountTable({ account }: { account: Account }) {
  const i18n = useI18n()
  const { t, limit } = i18n
  const amount = (value: number) => t(countsHours(account.clock) ? 'explain.hours' : 'explain.dayUnits', { n: roundAmount(value) })
  const rows = runningSums(account.rows)
  return (
    <table className="explain-table">
      <thead>
        <tr>
          {(['day', 'kind', 'spans', 'counted', 'sum'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`explain.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, sum }) => (
          <tr key={row.fromDay} data-counts={row.amount > 0}>
            <th scope="row">{daysText(i18n, row)}</th>
            <td data-label={t('explain.kind')}>
              <span className="day-kind" data-kind={row.kind}>
                {row.name ?? i18n.word('dayKind', row.kind)}
              </span>
              {row.beyondHorizon && <em className="badge">{t('explain.unknown')}</em>}
            </td>
            <td data-label={t('explain.spans')}>
              <Spans row={row} />
            </td>
            <td data-label={t('explain.counted')} className="explain-number">
              {row.amount > 0 ? amount(row.amount) : t('common.none')}
            </td>
            <td data-label={t('explain.sum')} className="explain-number">
              {amount(sum)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={5}>{t('explain.total', { sum: amount(rows.at(-1)?.sum ?? 0), limit: limit(account.clock, account.amount) })}</td>
        </tr>
      </tfoot>
    </table>
  )
}

/** A day as a bar of 24 hours, with its spans in words beside it: the bar is for the eye alone. */
function Spans({ row }: { row: AccountRow }) {
  const i18n = useI18n()
  const { t, word, timeZone } = i18n
  const first = row.spans[0]
  if (!first) return null
  const start = dayStart(timeZone, Date.parse(first.from), 0)
  return (
    <>
      <span className="day-bar" aria-hidden="true">
        {row.spans.map((span) => {
          const { left, width } = placeInDay(span, start)
          return <i key={span.from} data-counted={span.counted} data-why={span.why} style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />
        })}
      </span>
      <ul className="span-list">
        {row.spans.map((span) => (
          <li key={span.from} data-counted={span.counted}>
            {t('explain.span', { from: i18n.times.minute(Date.parse(span.from)), to: endText(i18n, span.to, start) })} {word('why', span.why)}
          </li>
        ))}
      </ul>
    </>
  )
}

/** The end of a day is 24:00, not 00:00 of the next. */
function endText({ t, times }: I18nView, to: string, start: number): string {
  const at = Date.parse(to)
  return at > start && times.minute(at) === '00:00' ? t('explain.midnight') : times.minute(at)
}

function daysText({ t, times }: I18nView, row: AccountRow): string {
  // Noon in UTC lies in the same day wherever the city is.
  const day = (text: string) => times.day(Date.parse(`${text}T12:00:00Z`))
  return row.days === 1 ? day(row.fromDay) : t('explain.days', { from: day(row.fromDay), to: day(row.toDay), n: row.days })
}
