import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { DataTable } from '../parts/DataTable.tsx'
import { needOf, type Outcome, type PreviewRow } from './bulk.ts'

/** Each case of a batch: whether it would go and why not, and then what became of it. */
export function BulkRows({ rows, outcomes, running }: { rows: readonly PreviewRow[]; outcomes: ReadonlyMap<string, Outcome>; running: boolean }) {
  const { t, word, problem } = useI18n()
  const why = (row: PreviewRow) =>
    row.missing.length > 0
      ? t('bulk.lacks', { what: [...new Set(row.missing.map(({ pointer }) => word('need', needOf(pointer))))].join(t('console.listComma')) })
      : row.why === null
        ? t('common.none')
        : problem(row.why).what
  const result = (row: PreviewRow) => {
    const outcome = outcomes.get(row.id)
    if (outcome?.kind === 'done')
      return (
        <span className="good bulk-result">
          <Icon name="check" size={15} />
          {t('bulk.done', { state: word('state', outcome.state) })}
        </span>
      )
    if (outcome?.kind === 'failed')
      return (
        <span className="late bulk-result">
          <Icon name="alert" size={15} />
          {t('common.pair', { name: problem(outcome.code).what, value: problem(outcome.code).todo })}
        </span>
      )
    if (row.go) return <span className="bulk-result">{t(running ? 'bulk.waiting' : 'bulk.willGo')}</span>
    return (
      <span className="faint bulk-result">
        <Icon name="minus" size={15} />
        {t('bulk.stays', { why: why(row) })}
      </span>
    )
  }
  return (
    <DataTable
      label={t('bulk.preview')}
      rows={rows}
      keyOf={(row) => row.id}
      columns={[
        { key: 'number', head: t('case.number'), kind: 'main', render: (row) => row.number || t('common.none') },
        { key: 'state', head: t('console.state'), render: (row) => (row.state === '' ? t('common.none') : word('state', row.state)) },
        { key: 'result', head: t('bulk.result'), render: result },
      ]}
    />
  )
}
