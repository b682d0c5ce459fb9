import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Facts, Page, Section } from '../parts/Page.tsx'
import { linkTo } from '../place.ts'
import { nameOf } from '../screens.ts'
import { Changes } from './Changes.tsx'
import { Holdings } from './Holdings.tsx'
import { PersonActs } from './PersonActs.tsx'
import type { Person } from './types.ts'

/** One account: how it signs in, its posts past, present and to come, and everything that was ever changed about it. */
export function PersonPage({ id }: { id: string }) {
  const { t } = useI18n()
  const cache = useCache()
  const asked = useAnswer(identity.getPerson, { params: { id } })
  const renew = () => {
    for (const endpoint of [identity.getPerson, identity.listPeople, identity.listPosts, identity.listChanges]) cache.renew(endpoint)
  }
  return (
    <Page
      title={asked.data?.personName ?? t('console.person')}
      back={{ href: linkTo('people'), text: t(nameOf('people')) }}
      lead={asked.data && <code>{asked.data.login}</code>}
    >
      <Loaded asked={asked}>{(person) => <PersonView person={person} onChanged={renew} />}</Loaded>
    </Page>
  )
}

function PersonView({ person, onChanged }: { person: Person; onChanged(): void }) {
  const { t } = useI18n()
  const { session, me } = useDesk()
  const mayEdit = session.may('people.edit')
  const [invitation, setInvitation] = useState<{ readonly invitation: string; readonly endsAt: string }>()
  const why = person.personId === me.personId ? 'people.ownFixed' : person.endedAt !== null ? 'people.endedFixed' : 'people.outsideFixed'
  return (
    <>
      {mayEdit && !person.editable && <p className="note">{t(why)}</p>}
      {mayEdit && person.editable && <PersonActs person={person} onChanged={onChanged} onInvited={setInvitation} />}
      {invitation && <InvitationNote code={invitation.invitation} endsAt={invitation.endsAt} />}
      <Facts
        rows={[
          [t('people.account'), person.endedAt === null ? t('people.live') : <Moment key="ended" at={person.endedAt} />],
          [t('people.created'), <Moment key="created" at={person.createdAt} />],
          [t('people.lastSignIn'), <Moment key="signed" at={person.lastSignInAt} />],
          [t('people.lockedUntil'), <Moment key="locked" at={person.lockedUntil} />],
          [t('people.passwordSince'), <Moment key="password" at={person.passwordAt} />],
          [t('people.invitedUntil'), <Moment key="invited" at={person.invitedUntil} />],
          [
            t('console.secondFactor'),
            person.secondFactorAt !== null ? (
              <Moment key="factor" at={person.secondFactorAt} />
            ) : person.secondFactorDemanded ? (
              <strong key="factor" className="late">
                {t('people.factorMissing')}
              </strong>
            ) : (
              t('console.no')
            ),
          ],
          [t('people.sessions'), person.sessions],
        ]}
      />
      <Section title={t('people.holdings')}>
        <Holdings person={person} mayEdit={mayEdit && person.editable} onChanged={onChanged} />
      </Section>
      <Section title={t('people.changes')}>
        <Changes kind="person" object={person.personId} />
      </Section>
    </>
  )
}

function InvitationNote({ code, endsAt }: { code: string; endsAt: string }) {
  const { t } = useI18n()
  const link = `${globalThis.location.origin}${globalThis.location.pathname}#/invitation/${code}`
  return (
    <section className="secret-note" aria-label={t('people.invitation')}>
      <strong>{t('people.invitationOnce')}</strong>
      <p>
        {t('people.invitationLead')} <Moment at={endsAt} />
      </p>
      <p>
        <code>{code}</code>
      </p>
      <p>
        <code>{link}</code>
      </p>
      <button type="button" className="text-button" onClick={() => void globalThis.navigator.clipboard.writeText(link)}>
        {t('people.copyLink')}
      </button>
    </section>
  )
}
