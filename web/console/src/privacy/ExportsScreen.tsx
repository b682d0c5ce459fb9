import { privacy } from '@linli/contract/endpoints/privacy'
import { useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { SaveButton } from '../parts/SaveButton.tsx'
import { linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { AskExport } from './AskExport.tsx'
import { ExportSheet } from './ExportSheet.tsx'
import { ExportState } from './ExportState.tsx'
import type { ExportView } from './types.ts'

/** The exports (数据导出) that one asked for: ask, wait for another person's approval, fetch before it expires. */
export default function ExportsScreen() {
  const { rest } = usePlace()
  return rest[0] === 'new' ? <AskExport /> : <OwnExports />
}

function OwnExports() {
  const { t, countText } = useCountText()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const [shown, setShown] = useState<ExportView>()
  const asked = useAnswerPages(privacy.listOwnExports, { query: { limit: '50' } })
  return (
    <Page
      title={t(nameOf('exports'))}
      lead={t('privacy.exportsLead')}
      tools={
        <>
          <Button onClick={asked.again}>{t('privacy.again')}</Button>
          <a className="button button-main" href={linkTo('exports', ['new'])}>
            {t('privacy.ask')}
          </a>
        </>
      }
    >
      <LoadedPages asked={asked} empty={t('privacy.noExports')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('exports'))}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              {
                key: 'number',
                head: t('privacy.number'),
                kind: 'main',
                render: (row) => (
                  <button type="button" className="text-button" onClick={() => setShown(row)}>
                    {row.number}
                  </button>
                ),
              },
              { key: 'dataset', head: t('privacy.dataset'), render: (row) => row.dataset },
              { key: 'state', head: t('console.state'), render: (row) => <ExportState row={row} /> },
              { key: 'count', head: t('privacy.rows'), kind: 'figure', render: (row) => countText(row.countMade ?? row.countAsked) },
              { key: 'asked', head: t('privacy.askedAt'), render: (row) => <Moment at={row.askedAt} /> },
              { key: 'expires', head: t('privacy.expiresAt'), render: (row) => <Moment at={row.expiresAt} /> },
              {
                key: 'acts',
                head: t('console.acts'),
                kind: 'acts',
                render: (row) =>
                  row.state === 'ready' && (
                    <SaveButton
                      name={`${row.number}.csv`}
                      fetch={() => client.callBytes(privacy.downloadExport, { params: { id: row.id }, purpose: row.purpose })}
                      onSaved={() => {
                        cache.renew(privacy.listOwnExports)
                        say(t('privacy.fetched'))
                      }}
                    >
                      {t('privacy.fetch')}
                    </SaveButton>
                  ),
              },
            ]}
          />
        )}
      </LoadedPages>
      {shown && <ExportSheet row={shown} onClose={() => setShown(undefined)} />}
    </Page>
  )
}

function useCountText() {
  const { t, language } = useI18n()
  return { t, countText: (n: number) => new Intl.NumberFormat(language).format(n) }
}
