import { identity } from '@linli/contract/endpoints/identity'
import { useAnswerPages, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'
import { SearchLine } from '../parts/SearchLine.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { CreatePost } from './CreatePost.tsx'
import { PostActs } from './PostActs.tsx'
import type { PostRow } from './types.ts'

/** The posts (岗位) in one's area, each with its roles and who holds it now. */
export default function PostsScreen() {
  const { t, word } = useI18n()
  const { session } = useDesk()
  const { query } = usePlace()
  const cache = useCache()
  const [creating, setCreating] = useState(false)
  const [chosen, setChosen] = useState<PostRow>()
  const { q = '', unit, ended } = query
  const asked = useAnswerPages(
    identity.listPosts,
    { query: { limit: '50', ...(q === '' ? {} : { q }), ...(unit === undefined ? {} : { unit }), ...(ended === 'yes' ? { ended } : {}) } },
    { keep: true },
  )
  const filter = (part: Record<string, string | undefined>) => go(linkTo('posts', [], { ...query, ...part }), true)
  const renew = () => {
    for (const endpoint of [identity.listPosts, identity.getPerson, identity.listChanges, identity.listHandOvers]) cache.renew(endpoint)
  }
  const mayEdit = session.may('people.edit')
  return (
    <Page
      title={t(nameOf('posts'))}
      lead={t('posts.lead')}
      tools={
        mayEdit && (
          <Button tone="main" onClick={() => setCreating(true)}>
            {t('posts.create')}
          </Button>
        )
      }
    >
      <div className="filters">
        <SearchLine key={q} label={t('posts.search')} value={q} onSearch={(next) => filter({ q: next })} />
        {unit !== undefined && (
          <Toggle on onChange={() => filter({ unit: undefined })}>
            {t('posts.ofUnit', { unit })}
          </Toggle>
        )}
        <Toggle on={ended === 'yes'} onChange={(on) => filter({ ended: on ? 'yes' : undefined })}>
          {t('posts.showEnded')}
        </Toggle>
      </div>
      <LoadedPages asked={asked} empty={t('console.nothingFound')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('posts'))}
            rows={rows}
            keyOf={(row) => row.postId}
            tone={(row) => (row.endedAt === null ? undefined : 'quiet')}
            columns={[
              {
                key: 'post',
                head: t('console.post'),
                kind: 'main',
                render: (row) => (
                  <button type="button" className="text-button" onClick={() => setChosen(row)}>
                    {row.postTitle}
                  </button>
                ),
              },
              { key: 'unit', head: t('command.unit'), render: (row) => row.unitName },
              { key: 'area', head: t('command.area'), render: (row) => row.areaName },
              { key: 'roles', head: t('posts.roles'), render: (row) => row.roles.map((role) => word('cityRole', role)).join(t('console.listComma')) },
              {
                key: 'holders',
                head: t('posts.holders'),
                render: (row) =>
                  row.holders.length === 0 ? (
                    <span className="faint">{t('posts.vacant')}</span>
                  ) : (
                    row.holders.map((holder) => (
                      <span key={holder.holdingId} className="holder">
                        <a href={linkTo('people', [holder.personId])}>{holder.personName}</a>
                        {holder.deputy && <em className="badge">{t('console.deputy')}</em>}
                      </span>
                    ))
                  ),
              },
              { key: 'code', head: t('command.code'), render: (row) => <code>{row.code}</code> },
            ]}
          />
        )}
      </LoadedPages>
      {creating && <CreatePost onClose={() => setCreating(false)} onDone={renew} />}
      {chosen && <PostActs post={chosen} mayEdit={mayEdit && chosen.endedAt === null} onClose={() => setChosen(undefined)} onChanged={renew} />}
    </Page>
  )
}
