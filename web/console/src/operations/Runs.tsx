import { countOf, useI18n } from '@linli/web-shared/i18n'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Moment } from '../parts/Moment.tsx'
import { AsOf, Section } from '../parts/Page.tsx'
import type { OperationsState } from './types.ts'

type Pump = OperationsState['pumps'][number]
type Job = OperationsState['jobs'][number]
type Run = Pick<Pump, 'runs' | 'failures' | 'failuresInARow' | 'lastEndedAt' | 'lastMs' | 'lastError' | 'lastErrorAt'>

/** Work that comes again by itself: pumps, which look each second, and jobs, which run by the clock. */
export function Runs({ pumps, jobs, asOf }: { pumps: readonly Pump[]; jobs: readonly Job[]; asOf: string }) {
  const { t, language } = useI18n()
  const after: readonly Column<Run>[] = [
    { key: 'runs', head: t('operations.runs'), kind: 'figure', render: (row) => countOf(language, row.runs) },
    {
      key: 'failures',
      head: t('operations.failures'),
      kind: 'figure',
      render: (row) =>
        row.failuresInARow > 0 ? (
          <strong className="late">{t('operations.inARow', { n: row.failures, m: row.failuresInARow })}</strong>
        ) : (
          countOf(language, row.failures)
        ),
    },
    {
      key: 'last',
      head: t('operations.lastRun'),
      render: (row) => (
        <>
          <Moment at={row.lastEndedAt} />
          {row.lastMs !== null && <span className="faint"> {t('operations.ms', { n: Math.round(row.lastMs) })}</span>}
        </>
      ),
    },
    {
      key: 'error',
      head: t('operations.lastError'),
      render: (row) =>
        row.lastError === null ? (
          t('common.none')
        ) : (
          <span className={row.failuresInARow > 0 ? 'late' : 'faint'}>
            {row.lastError} <Moment at={row.lastErrorAt} />
          </span>
        ),
    },
  ]
  const tone = (row: Run) => (row.failuresInARow > 0 ? ('late' as const) : undefined)
  return (
    <>
      <Section title={t('operations.pumps')} note={<AsOf at={asOf} />}>
        <DataTable<Pump>
          label={t('operations.pumps')}
          rows={pumps}
          keyOf={(row) => row.name}
          tone={tone}
          columns={[
            { key: 'name', head: t('console.name'), kind: 'main', render: (row) => <code>{row.name}</code> },
            { key: 'state', head: t('console.state'), render: (row) => t(`operations.pump.${row.state}`) },
            { key: 'done', head: t('operations.done'), kind: 'figure', render: (row) => countOf(language, row.done) },
            ...after,
          ]}
        />
      </Section>
      <Section title={t('operations.jobs')} note={<AsOf at={asOf} />}>
        <DataTable<Job>
          label={t('operations.jobs')}
          rows={jobs}
          keyOf={(row) => row.name}
          tone={tone}
          columns={[
            { key: 'name', head: t('console.name'), kind: 'main', render: (row) => <code>{row.name}</code> },
            { key: 'state', head: t('console.state'), render: (row) => t(`operations.job.${row.state}`) },
            { key: 'next', head: t('operations.nextRun'), render: (row) => <Moment at={row.nextAt} /> },
            ...after,
          ]}
        />
      </Section>
    </>
  )
}
