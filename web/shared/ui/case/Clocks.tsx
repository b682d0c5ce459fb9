import { useI18n } from '../../i18n/index.ts'
import { Due } from '../Due.tsx'
import { Icon } from '../Icon.tsx'
import { shownClocks } from './shown-clocks.ts'
import type { Deadline } from './types.ts'

/** The stage clocks of a case (时限): the running one first and large, the stopped ones with how they ended. */
export function Clocks({ rows, onExplain }: { rows: readonly Deadline[]; onExplain(row: Deadline): void }) {
  const limits = shownClocks(rows)
  const running = limits.filter((row) => row.stoppedAt === null || row.paused)
  const stopped = limits.filter((row) => row.stoppedAt !== null && !row.paused)
  if (limits.length === 0) return null
  return (
    <ul className="clocks">
      {running.map((row) => (
        <Running key={keyOf(row)} row={row} onExplain={onExplain} />
      ))}
      {stopped.toReversed().map((row) => (
        <Stopped key={keyOf(row)} row={row} onExplain={onExplain} />
      ))}
    </ul>
  )
}

const keyOf = (row: Deadline) => `${row.stage} ${row.strand ?? ''} ${row.startedSeq}`

function Explain({ row, onExplain }: { row: Deadline; onExplain(row: Deadline): void }) {
  const { t, word } = useI18n()
  return (
    <button
      type="button"
      className="text-button clock-explain"
      aria-label={t('common.pair', { name: t('explain.open'), value: word('stage', row.stage) })}
      onClick={() => onExplain(row)}
    >
      {t('explain.open')}
    </button>
  )
}

function Running({ row, onExplain }: { row: Deadline; onExplain(row: Deadline): void }) {
  const { t, word, limit, times } = useI18n()
  return (
    <li className="clock clock-running">
      <span className="clock-name">{word('stage', row.stage)}</span>
      <strong>{row.paused ? <span className="due">{t('case.clockPaused')}</span> : <Due dueAt={row.dueAt} overdue={row.overdueAt !== null} />}</strong>
      <span className="clock-limit">
        {limit(row.clock, row.amount)}
        {!row.paused && <> · {t('case.dueAt', { at: times.full(Date.parse(row.dueAt)) })}</>} <Explain row={row} onExplain={onExplain} />
      </span>
      {row.provisional && <span className="clock-limit">{t('case.provisional')}</span>}
    </li>
  )
}

function Stopped({ row, onExplain }: { row: Deadline; onExplain(row: Deadline): void }) {
  const { t, word, limit } = useI18n()
  const late = row.overdueAt !== null || (row.stoppedAt !== null && Date.parse(row.stoppedAt) > Date.parse(row.dueAt))
  return (
    <li className="clock">
      <span className="clock-name">{word('stage', row.stage)}</span>
      <span className={late ? 'due due-late' : 'due due-good'}>
        <Icon name={late ? 'alert' : 'check'} size={13} />
        {t(late ? 'case.doneLate' : 'case.doneInTime')}
      </span>
      <span className="clock-limit">
        {limit(row.clock, row.amount)} <Explain row={row} onExplain={onExplain} />
      </span>
    </li>
  )
}
