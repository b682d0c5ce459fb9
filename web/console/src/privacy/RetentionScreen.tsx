import { privacy } from '@linli/contract/endpoints/privacy'
import { useAnswer, useAnswerPages } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded, LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { AsOf, Page, Section } from '../parts/Page.tsx'
import { nameOf } from '../screens.ts'

/** What was erased, with proof (删除证明), and how long each personal column is kept. */
export default function RetentionScreen() {
  const { t, language, word } = useI18n()
  const erasures = useAnswerPages(privacy.listErasures, { query: { limit: '30' } })
  const schedule = useAnswer(privacy.retentionSchedule)
  return (
    <Page title={t(nameOf('retention'))} lead={t('privacy.retentionLead')}>
      <Section title={t('privacy.erasures')} note={erasures.answeredAt > 0 && <AsOf at={erasures.answeredAt} />}>
        <LoadedPages asked={erasures} empty={t('privacy.noErasures')}>
          {(rows) => (
            <DataTable
              label={t('privacy.erasures')}
              rows={rows}
              keyOf={(row) => row.id}
              columns={[
                { key: 'day', head: t('privacy.day'), kind: 'main', render: (row) => row.day },
                { key: 'eraser', head: t('privacy.eraser'), render: (row) => <code>{row.eraser}</code> },
                { key: 'columns', head: t('privacy.columns'), render: (row) => <code>{row.columns.join(', ')}</code> },
                { key: 'rows', head: t('privacy.erased'), kind: 'figure', render: (row) => countOf(language, row.rows) },
                { key: 'oldest', head: t('privacy.oldest'), render: (row) => <Moment at={row.oldestAt} /> },
                { key: 'digest', head: t('privacy.digest'), render: (row) => <code title={row.digest}>{row.digest.slice(0, 16)}…</code> },
                {
                  key: 'done',
                  head: t('privacy.finished'),
                  render: (row) => (row.finishedAt === null ? <strong className="late">{t('privacy.unfinished')}</strong> : <Moment at={row.finishedAt} />),
                },
              ]}
            />
          )}
        </LoadedPages>
      </Section>
      <Section title={t('privacy.schedule')} note={t('privacy.scheduleNote')}>
        <Loaded asked={schedule}>
          {({ rows }) => (
            <DataTable
              label={t('privacy.schedule')}
              rows={rows}
              keyOf={(row) => row.column}
              columns={[
                { key: 'column', head: t('privacy.column'), kind: 'main', render: (row) => <code>{row.column}</code> },
                { key: 'kind', head: t('privacy.dataKind'), render: (row) => word('dataKind', row.kind) },
                { key: 'days', head: t('privacy.days'), kind: 'figure', render: (row) => countOf(language, row.retentionDays) },
                { key: 'eraser', head: t('privacy.eraser'), render: (row) => (row.eraser === null ? t('common.none') : <code>{row.eraser}</code>) },
                { key: 'kept', head: t('privacy.kept'), render: (row) => row.kept ?? t('common.none') },
              ]}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  )
}
