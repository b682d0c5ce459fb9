import { identity } from '@linli/contract/endpoints/identity'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { nameOf } from '../screens.ts'

/** Hand-overs (交接) of posts in one's area: who left what to whom, and whether they have taken it. */
export default function HandOversScreen() {
  const { t } = useI18n()
  const asked = useAnswerPages(identity.listHandOvers, { query: { limit: '50' } })
  return (
    <Page title={t(nameOf('hand-overs'))} lead={t('handOvers.lead')}>
      <LoadedPages asked={asked} empty={t('handOvers.none')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('hand-overs'))}
            rows={rows}
            keyOf={(row) => row.handOverId}
            columns={[
              { key: 'post', head: t('console.post'), kind: 'main', render: (row) => `${row.postTitle} · ${row.unitName}` },
              { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
              { key: 'from', head: t('console.handedBy'), render: (row) => row.personName },
              { key: 'to', head: t('people.takenOverBy'), render: (row) => row.takenOverByName ?? t('common.none') },
              { key: 'work', head: t('console.openWork'), kind: 'figure', render: (row) => row.openWork },
              { key: 'note', head: t('console.note'), render: (row) => row.note || t('common.none') },
              {
                key: 'state',
                head: t('handOvers.taken'),
                render: (row) =>
                  row.acknowledgedAt !== null ? (
                    <Moment at={row.acknowledgedAt} />
                  ) : row.takenOverByName === null ? (
                    t('common.none')
                  ) : (
                    <strong className="late">{t('handOvers.waiting')}</strong>
                  ),
              },
            ]}
          />
        )}
      </LoadedPages>
    </Page>
  )
}
