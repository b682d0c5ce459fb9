import type { QueryOf } from '@linli/contract/endpoint'
import { patrol } from '@linli/contract/endpoints/patrol'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Section } from '../parts/Page.tsx'
import { EntrySheet } from './EntrySheet.tsx'

/** The duties behind a figure, each with what was recorded of it. */
export function CoverageRows({ query, back }: { query: QueryOf<typeof patrol.listCoverage>; back: string }) {
  const { t, pick } = useI18n()
  const [entry, setEntry] = useState<string>()
  const asked = useAnswerPages(patrol.listCoverage, { query: { ...query, limit: '100' } })
  return (
    <Section
      title={t('duties.behind')}
      note={query.state === undefined ? undefined : t(`duties.state.${query.state}`)}
      tools={<a href={back}>{t('duties.toFigures')}</a>}
    >
      <LoadedPages asked={asked} empty={t('console.nothingFound')}>
        {(rows) => (
          <DataTable
            label={t('duties.behind')}
            rows={rows}
            keyOf={(row) => `${row.gridCode} ${row.itemKey} ${row.period}`}
            tone={(row) => (row.state === 'missed' || row.state === 'overdue' ? 'late' : undefined)}
            columns={[
              { key: 'item', head: t('console.what'), kind: 'main', render: (row) => pick(row) },
              { key: 'grid', head: t('duties.grid'), render: (row) => row.gridName },
              { key: 'period', head: t('duties.period'), render: (row) => row.period },
              { key: 'due', head: t('strands.due'), render: (row) => <Moment at={row.dueAt} /> },
              { key: 'state', head: t('console.state'), render: (row) => t(`duties.state.${row.state}`) },
              {
                key: 'acts',
                head: t('duties.record'),
                render: (row) =>
                  row.entryId === null ? (
                    t('common.none')
                  ) : (
                    <button type="button" className="text-button" onClick={() => setEntry(row.entryId ?? undefined)}>
                      {t('console.open')}
                    </button>
                  ),
              },
            ]}
          />
        )}
      </LoadedPages>
      {entry !== undefined && <EntrySheet id={entry} onClose={() => setEntry(undefined)} />}
    </Section>
  )
}
