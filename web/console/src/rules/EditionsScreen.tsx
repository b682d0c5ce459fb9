import { catalog } from '@linli/contract/endpoints/catalog'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { EditionPage } from './EditionPage.tsx'
import { MigrationPage } from './MigrationPage.tsx'

/** The editions of the catalogue of filing and closing conditions (立结案目录), each as it was published. */
export default function EditionsScreen() {
  const { rest } = usePlace()
  const [edition, part] = rest
  if (edition === undefined) return <EditionList />
  return part === 'migration' ? <MigrationPage key={edition} edition={edition} /> : <EditionPage key={edition} edition={edition} />
}

function EditionList() {
  const { t, language } = useI18n()
  const { session } = useDesk()
  const asked = useAnswer(catalog.listEditions)
  return (
    <Page title={t(nameOf('editions'))} lead={t('rules.editionsLead')}>
      <Loaded asked={asked}>
        {({ rows }) => (
          <DataTable
            label={t(nameOf('editions'))}
            rows={rows}
            keyOf={(row) => String(row.edition)}
            columns={[
              {
                key: 'edition',
                head: t('rules.edition'),
                kind: 'main',
                render: (row) => (
                  <>
                    <a href={linkTo('editions', [String(row.edition)])}>{t('rules.editionN', { n: row.edition })}</a>{' '}
                    {row === rows[0] && <em className="badge">{t('rules.inForce')}</em>}
                  </>
                ),
              },
              { key: 'at', head: t('rules.published'), render: (row) => <Moment at={row.publishedAt} /> },
              { key: 'matters', head: t('rules.matters'), kind: 'figure', render: (row) => countOf(language, row.matters) },
              { key: 'conditions', head: t('rules.conditions'), kind: 'figure', render: (row) => countOf(language, row.conditions) },
              { key: 'note', head: t('console.note'), render: (row) => row.note || t('common.none') },
              { key: 'digest', head: t('rules.digest'), render: (row) => <code title={row.digest}>{row.digest.slice(0, 12)}…</code> },
              {
                key: 'acts',
                head: t('console.acts'),
                kind: 'acts',
                render: (row) =>
                  row === rows[0] &&
                  rows.length > 1 &&
                  session.may('catalog.publish') && (
                    <a className="button button-plain" href={linkTo('editions', [String(row.edition), 'migration'])}>
                      {t('rules.migration')}
                    </a>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
