import { identity } from '@linli/contract/endpoints/identity'
import { useAnswerPages, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { SearchLine } from '../parts/SearchLine.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { CreatePerson } from './CreatePerson.tsx'
import { PersonPage } from './PersonPage.tsx'

/** Everybody with an account in one's area (人员). */
export default function PeopleScreen() {
  const { rest } = usePlace()
  const [id] = rest
  return id === undefined ? <PeopleList /> : <PersonPage key={id} id={id} />
}

function PeopleList() {
  const { t } = useI18n()
  const { session } = useDesk()
  const { query } = usePlace()
  const cache = useCache()
  const [creating, setCreating] = useState(false)
  const q = query['q'] ?? ''
  const ended = query['ended'] === 'yes'
  const asked = useAnswerPages(identity.listPeople, { query: { ...(q === '' ? {} : { q }), ...(ended ? { ended: 'yes' } : {}), limit: '50' } }, { keep: true })
  const filter = (part: Record<string, string | undefined>) => go(linkTo('people', [], { ...query, ...part }), true)
  return (
    <Page
      title={t(nameOf('people'))}
      lead={t('people.lead')}
      tools={
        session.may('people.edit') && (
          <Button tone="main" onClick={() => setCreating(true)}>
            {t('people.create')}
          </Button>
        )
      }
    >
      <div className="filters">
        <SearchLine label={t('people.search')} value={q} onSearch={(next) => filter({ q: next })} />
        <Toggle on={ended} onChange={(on) => filter({ ended: on ? 'yes' : undefined })}>
          {t('people.showEnded')}
        </Toggle>
      </div>
      <LoadedPages asked={asked} empty={t(q === '' ? 'people.none' : 'console.nothingFound')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('people'))}
            rows={rows}
            keyOf={(row) => row.personId}
            tone={(row) => (row.endedAt === null ? undefined : 'quiet')}
            columns={[
              { key: 'name', head: t('people.name'), kind: 'main', render: (row) => <a href={linkTo('people', [row.personId])}>{row.personName}</a> },
              { key: 'login', head: t('command.login'), render: (row) => <code>{row.login}</code> },
              {
                key: 'posts',
                head: t('console.post'),
                render: (row) => row.postTitles.join(t('console.listComma')) || <span className="faint">{t('people.noPost')}</span>,
              },
              { key: 'factor', head: t('console.secondFactor'), render: (row) => t(row.secondFactor ? 'console.yes' : 'console.no') },
              { key: 'seen', head: t('people.lastSeen'), render: (row) => <Moment at={row.lastSeenAt} /> },
              {
                key: 'state',
                head: t('console.state'),
                render: (row) =>
                  row.endedAt !== null ? t('people.endedState') : row.locked ? <strong className="late">{t('people.lockedState')}</strong> : t('people.live'),
              },
            ]}
          />
        )}
      </LoadedPages>
      {creating && (
        <CreatePerson
          onClose={() => setCreating(false)}
          onDone={(personId) => {
            cache.renew(identity.listPeople)
            go(linkTo('people', [personId]))
          }}
        />
      )}
    </Page>
  )
}
