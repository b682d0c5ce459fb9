import { places } from '@linli/contract/endpoints/places'
import { useAnswer, useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { ReasonField } from '../parts/fields.tsx'
import { Loaded, LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Facts, Page } from '../parts/Page.tsx'
import { SaveButton } from '../parts/SaveButton.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { ReportView } from './ReportView.tsx'

/** Every change of areas and grids (调整记录), each with its stored report. */
export default function ChangesScreen() {
  const { rest } = usePlace()
  return rest[0] === undefined ? <ChangeList /> : <ChangePage key={rest[0]} id={rest[0]} />
}

function ChangeList() {
  const { t, language } = useI18n()
  const asked = useAnswerPages(places.listChanges, { query: { limit: '50' } })
  return (
    <Page title={t(nameOf('changes'))} lead={t('ground.changesLead')}>
      <LoadedPages asked={asked} empty={t('ground.noChanges')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('changes'))}
            rows={rows}
            keyOf={(row) => row.id}
            tone={(row) => (row.undoneBy === null ? undefined : 'quiet')}
            columns={[
              { key: 'kind', head: t('ground.kind'), kind: 'main', render: (row) => <a href={linkTo('changes', [row.id])}>{t(`ground.kind.${row.kind}`)}</a> },
              { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
              { key: 'reason', head: t('console.reason'), render: (row) => row.reason || t('common.none') },
              {
                key: 'by',
                head: t('console.by'),
                render: (row) => [row.postTitle, row.unitName].filter((text) => text !== null).join(' · ') || t('ground.program'),
              },
              { key: 'areas', head: t('ground.areasChanged'), kind: 'figure', render: (row) => countOf(language, row.areas) },
              { key: 'moving', head: t('ground.moving'), kind: 'figure', render: (row) => countOf(language, row.moving) },
              {
                key: 'state',
                head: t('console.state'),
                render: (row) => t(row.undoneBy !== null ? 'ground.undone' : row.undoes !== null ? 'ground.isUndo' : 'ground.stands'),
              },
            ]}
          />
        )}
      </LoadedPages>
    </Page>
  )
}

function ChangePage({ id }: { id: string }) {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const { session } = useDesk()
  const [undoing, setUndoing] = useState(false)
  const asked = useAnswer(places.getChange, { params: { id } })
  const change = asked.data?.change
  return (
    <Page
      title={change ? t(`ground.kind.${change.kind}`) : t('areas.change')}
      back={{ href: linkTo('changes'), text: t(nameOf('changes')) }}
      tools={
        <>
          <SaveButton name={`area-change-${id}.csv`} fetch={() => client.callBytes(places.exportChange, { params: { id } })}>
            {t('console.saveCsv')}
          </SaveButton>
          {change?.undoneBy === null && change.kind !== 'import' && change.kind !== 'division' && session.may('areas.edit') && (
            <Button tone="careful" onClick={() => setUndoing(true)}>
              {t('ground.undo')}
            </Button>
          )}
        </>
      }
    >
      <Loaded asked={asked}>
        {({ change: row, report }) => (
          <>
            <Facts
              rows={[
                [t('console.when'), <Moment key="at" at={row.at} />],
                [t('console.reason'), row.reason || t('common.none')],
                [t('console.by'), [row.postTitle, row.unitName].filter((text) => text !== null).join(' · ') || t('ground.program')],
                [
                  t('console.state'),
                  row.undoneBy !== null ? (
                    <a key="undone" href={linkTo('changes', [row.undoneBy])}>
                      {t('ground.undone')}
                    </a>
                  ) : row.undoes !== null ? (
                    <a key="undoes" href={linkTo('changes', [row.undoes])}>
                      {t('ground.isUndo')}
                    </a>
                  ) : (
                    t('ground.stands')
                  ),
                ],
              ]}
            />
            <ReportView report={report} />
          </>
        )}
      </Loaded>
      {undoing && (
        <ActDialog
          title={t('ground.undo')}
          lead={t('ground.undoLead')}
          confirm={t('ground.undo')}
          tone="careful"
          act={(data, key) => client.call(places.undoChange, { key, params: { id }, body: { reason: String(data.get('reason')) } })}
          onDone={(answer) => {
            setUndoing(false)
            for (const endpoint of [places.getArea, places.listAreas, places.listVersions, places.listChanges, places.getChange]) cache.renew(endpoint)
            say(t('ground.undoDone'))
            go(linkTo('changes', [answer.id]))
          }}
          onClose={() => setUndoing(false)}
        >
          <ReasonField />
        </ActDialog>
      )}
    </Page>
  )
}
