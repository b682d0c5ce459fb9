import { useI18n } from '../../i18n/index.ts'
import { Due } from '../Due.tsx'
import { Icon } from '../Icon.tsx'
import type { Deadline } from './types.ts'

/** The stage clocks of a case (时限): the running one first and large, the stopped ones with how they ended. */
export function Clocks({ rows }: { rows: readonly Deadline[] }) {
  const running = rows.filter((row) => row.stoppedAt === null)
  const stopped = rows.filter((row) => row.stoppedAt !== null)
  if (rows.length === 0) return null
  return (
    <ul className="clocks">
      {running.map((row) => (
        <Running key={row.stage + row.startedAt} row={row} />
      ))}
      {stopped.toReversed().map((row) => (
        <Stopped key={row.stage + row.startedAt} row={row} />
      ))}
    </ul>
  )
}

function Running({ row }: { row: Deadline }) {
  const { t, word, limit, times } = useI18n()
  return (
    <li className="clock clock-running">
      <span className="clock-name">{word('stage', row.stage)}</span>
      <strong>
        <Due dueAt={row.dueAt} overdue={row.overdueAt !== null} />
      </strong>
      <span className="clock-limit">
        {limit(row.clock, row.amount)} · {t('case.dueAt', { at: times.full(Date.parse(row.dueAt)) })}
      </span>
      {row.provisional && <span className="clock-limit">{t('case.provisional')}</span>}
    </li>
  )
}

function Stopped({ row }: { row: Deadline }) {
  const { t, word, limit } = useI18n()
  const late = row.overdueAt !== null || (row.stoppedAt !== null && Date.parse(row.stoppedAt) > Date.parse(row.dueAt))
  return (
    <li className="clock">
      <span className="clock-name">{word('stage', row.stage)}</span>
      <span className={late ? 'due due-late' : 'due due-good'}>
        <Icon name={late ? 'alert' : 'check'} size={13} />
        {t(late ? 'case.doneLate' : 'case.doneInTime')}
      </span>
      <span className="clock-limit">{limit(row.clock, row.amount)}</span>
    </li>
  )
}
