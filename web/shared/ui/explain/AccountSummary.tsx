import { spanOf, useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import type { Account } from './account.ts'

const MINUTE_MS = 60_000
type Rule = 'hoursRunOn' | 'daysOf24Hours' | 'officeHours' | 'sharesOfWorkdays' | 'daysAfterStartDay'
type Ending = 'whereCounted' | 'atClosing' | 'atMidnight' | 'movedToWorkday'

/** The answer before the count: the limit, from when to when, and by which method. */
export function AccountSummary({ account }: { account: Account }) {
  const i18n = useI18n()
  const { t, times, limit } = i18n
  const at = (instant: string) => times.full(Date.parse(instant))
  const rows: readonly (readonly [string, string, string?])[] = [
    [
      t('explain.limit'),
      limit(account.clock, account.amount),
      account.extension > 0 ? t('explain.extension', { limit: limit(account.clock, account.extension) }) : undefined,
    ],
    [
      t('explain.start'),
      at(account.startedAt),
      account.countsFrom !== null && account.countsFrom !== account.startedAt ? t('explain.countsFrom', { at: at(account.countsFrom) }) : undefined,
    ],
    [t('explain.end'), at(account.dueAt), t(`explain.ending.${account.ending as Ending}`)],
    ...(account.stoppedAt === null ? [] : [[t('explain.stopped'), at(account.stoppedAt)] as const]),
    [t('explain.rule'), t(`explain.rule.${account.rule as Rule}`)],
    [t('explain.calendar'), account.calendar],
  ].map(([name, value, more]) => [name ?? '', value ?? '', more] as const)
  const notes = [
    ...(account.pausedMinutes > 0 ? [t('explain.paused', { span: spanOf(i18n, account.pausedMinutes * MINUTE_MS) })] : []),
    ...(account.pausedNow ? [t('explain.pausedNow')] : []),
    ...(account.provisional ? [t('explain.provisional')] : []),
    ...(account.same ? [] : [t('explain.changed')]),
  ]
  return (
    <>
      <dl className="explain-facts">
        {rows.map(([name, value, more]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              {more !== undefined && <span>{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} className="explain-note">
          <Icon name="alert" size={15} />
          {note}
        </p>
      ))}
    </>
  )
}
