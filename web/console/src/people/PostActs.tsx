import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ReasonField, WordsField } from '../parts/fields.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { linkTo } from '../place.ts'
import { Changes } from './Changes.tsx'
import { PeriodFields, periodOf } from './PeriodFields.tsx'
import { handOverOf } from './PersonActs.tsx'
import { PersonPick } from './picks.tsx'
import { OpenWork, TakeOff } from './TakeOff.tsx'
import type { Holding, PostRow } from './types.ts'

/** One post: who holds it, what is open at it, what was changed, and what may be done about it. */
export function PostActs({ post, mayEdit, onChanged, onClose }: { post: PostRow; mayEdit: boolean; onChanged(): void; onClose(): void }) {
  const { t, word, timeZone } = useI18n()
  const client = useClient()
  const say = useSay()
  const [open, setOpen] = useState<'putOn' | 'deputise' | 'end'>()
  const [off, setOff] = useState<Holding>()
  const params = { id: post.postId }
  const close = () => setOpen(undefined)
  const done = (words: string) => {
    close()
    say(words)
    onChanged()
    onClose()
  }
  return (
    <Sheet title={`${post.postTitle} · ${post.unitName}`} onClose={onClose}>
      <p className="faint">
        {post.areaName} · {post.roles.map((role) => word('cityRole', role)).join(t('console.listComma'))} · <code>{post.code}</code>
      </p>
      {mayEdit && (
        <div className="row-acts">
          <Button tone="main" onClick={() => setOpen('putOn')}>
            {t('people.putOn')}
          </Button>
          <Button onClick={() => setOpen('deputise')}>{t('posts.deputise')}</Button>
          <Button tone="careful" onClick={() => setOpen('end')}>
            {t('posts.end')}
          </Button>
        </div>
      )}
      <h3>{t('posts.holders')}</h3>
      {post.holders.length === 0 ? (
        <p className="faint">{t('posts.vacant')}</p>
      ) : (
        <ul className="holder-list">
          {post.holders.map((holder) => (
            <li key={holder.holdingId}>
              <span>
                <a href={linkTo('people', [holder.personId])}>{holder.personName}</a> {holder.deputy && <em className="badge">{t('console.deputy')}</em>}
                <small>
                  <Moment at={holder.fromAt} /> – {holder.toAt === null ? t('people.openEnd') : <Moment at={holder.toAt} />}
                </small>
              </span>
              {mayEdit && <Button onClick={() => setOff(holder)}>{t('people.takeOff')}</Button>}
            </li>
          ))}
        </ul>
      )}
      <h3>{t('console.openWork')}</h3>
      <OpenWork postId={post.postId} />
      <h3>{t('people.changes')}</h3>
      <Changes kind="post" object={post.postId} />
      {(open === 'putOn' || open === 'deputise') && (
        <ActDialog
          key={open}
          title={t(open === 'putOn' ? 'people.putOn' : 'posts.deputise')}
          lead={t(open === 'putOn' ? 'posts.putOnLead' : 'posts.deputiseLead', { post: post.postTitle })}
          confirm={t(open === 'putOn' ? 'people.putOn' : 'posts.deputise')}
          act={(data, key) => {
            const { fromAt, toAt = '' } = periodOf(data, timeZone)
            const who = { personId: String(data.get('personId')), reason: String(data.get('reason')), ...(fromAt === undefined ? {} : { fromAt }) }
            return open === 'putOn'
              ? client.call(identity.putOnPost, { key, params, body: { ...who, ...(toAt === '' ? {} : { toAt }) } })
              : client.call(identity.deputise, { key, params, body: { ...who, toAt } })
          }}
          onDone={() => done(t(open === 'putOn' ? 'posts.putOnDone' : 'posts.deputised'))}
          onClose={close}
        >
          <PersonPick name="personId" />
          <PeriodFields untilRequired={open === 'deputise'} />
          <ReasonField />
        </ActDialog>
      )}
      {open === 'end' && (
        <ActDialog
          title={t('posts.end')}
          lead={t('posts.endLead')}
          confirm={t('posts.end')}
          tone="careful"
          act={(data) => client.call(identity.endPost, { params, body: handOverOf(data) })}
          onDone={() => done(t('posts.ended'))}
          onClose={close}
        >
          <OpenWork postId={post.postId} />
          <PersonPick name="takenOverBy" label={t('people.takenOverBy')} optional />
          <WordsField name="note" label={t('people.handOverNote')} maxLength={2_000} />
          <ReasonField />
        </ActDialog>
      )}
      {off && <TakeOff holding={off} onClose={() => setOff(undefined)} onDone={() => done(t('people.takenOff'))} />}
    </Sheet>
  )
}
