import { useI18n } from '@linli/web-shared/i18n'
import { Button, Due, EmptyView, Icon } from '@linli/web-shared/ui'
import type { DutyRow } from './types.ts'

const OPEN = new Set(['open', 'overdue'])

/** Duties by grid, overdue ones first; each is one line that a thumb can hit. */
export function DutyList({
  rows,
  settled,
  onAct,
}: {
  rows: readonly DutyRow[]
  settled: boolean
  onAct(act: 'do' | 'excuse' | 'correct', row: DutyRow): void
}) {
  const { t } = useI18n()
  const shown = rows.filter((row) => OPEN.has(row.state) !== settled)
  if (shown.length === 0) return <EmptyView>{t(settled ? 'duties.noneSettled' : 'duties.allDone')}</EmptyView>
  const overdue = shown.filter((row) => row.state === 'overdue')
  const rest = shown.filter((row) => row.state !== 'overdue')
  const grids = [...new Set(rest.map((row) => row.gridName))]
  return (
    <>
      {overdue.length > 0 && (
        <section className="duty-group" data-late="true">
          <h2>{t('duties.overdueGroup', { n: overdue.length })}</h2>
          <ul>
            {overdue.map((row) => (
              <DutyLine key={keyOf(row)} row={row} withGrid onAct={onAct} />
            ))}
          </ul>
        </section>
      )}
      {grids.map((name) => {
        const list = rest.filter((row) => row.gridName === name)
        return (
          <section key={name} className="duty-group">
            <h2>{t('duties.inGrid', { name, n: list.length })}</h2>
            <ul>
              {list.map((row) => (
                <DutyLine key={keyOf(row)} row={row} withGrid={false} onAct={onAct} />
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

const keyOf = (row: DutyRow) => `${row.gridCode} ${row.itemKey} ${row.period}`

function DutyLine({ row, withGrid, onAct }: { row: DutyRow; withGrid: boolean; onAct(act: 'do' | 'excuse' | 'correct', row: DutyRow): void }) {
  const { t, pick } = useI18n()
  const open = OPEN.has(row.state)
  return (
    <li className="duty" data-state={row.state}>
      <div>
        <strong>{pick(row)}</strong>
        <small>
          {withGrid && `${row.gridName} · `}
          {row.period}
          {!open && ` · ${t(`duties.state.${row.state}`)}`}
        </small>
        {open && <Due dueAt={row.state === 'overdue' ? row.closesAt : row.dueAt} overdue={row.state === 'overdue'} />}
      </div>
      {open ? (
        <div className="duty-acts">
          <Button tone="quiet" onClick={() => onAct('excuse', row)} aria-label={t('duties.excuseOf', { name: pick(row) })}>
            {t('duties.excuse')}
          </Button>
          <Button tone="main" onClick={() => onAct('do', row)} aria-label={t('duties.doOf', { name: pick(row) })}>
            {t('duties.do')}
          </Button>
        </div>
      ) : (
        <div className="duty-acts">
          {(row.state === 'done' || row.state === 'late') && <Icon name="check" />}
          {row.entryId !== null && (
            <Button tone="quiet" onClick={() => onAct('correct', row)} aria-label={t('duties.correctOf', { name: pick(row) })}>
              {t('duties.correct')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
