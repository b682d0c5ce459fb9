import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, ReasonField, WordsField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import { go, linkTo } from '../place.ts'
import { PersonPick, PostPick } from './picks.tsx'
import { PeriodFields, periodOf } from './PeriodFields.tsx'
import type { Person } from './types.ts'

type Open = 'putOn' | 'invite' | 'rename' | 'unlock' | 'sessions' | 'factor' | 'end'

/** What an administrator may do about one account; each asks for a reason. */
export function PersonActs({
  person,
  onChanged,
  onInvited,
}: {
  person: Person
  onChanged(): void
  onInvited(invitation: { readonly invitation: string; readonly endsAt: string }): void
}) {
  const { t, timeZone } = useI18n()
  const client = useClient()
  const say = useSay()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const params = { id: person.personId }
  const done = (words: string) => {
    close()
    say(words)
    onChanged()
  }
  const reasonOf = (data: FormData) => String(data.get('reason'))
  return (
    <>
      <div className="row-acts">
        <Button tone="main" onClick={() => setOpen('putOn')}>
          {t('people.putOn')}
        </Button>
        {!person.demo && <Button onClick={() => setOpen('invite')}>{t('people.invite')}</Button>}
        <Button onClick={() => setOpen('rename')}>{t('people.rename')}</Button>
        {person.lockedUntil !== null && <Button onClick={() => setOpen('unlock')}>{t('people.unlock')}</Button>}
        {person.sessions > 0 && <Button onClick={() => setOpen('sessions')}>{t('people.endSessions')}</Button>}
        {person.secondFactorAt !== null && <Button onClick={() => setOpen('factor')}>{t('people.resetFactor')}</Button>}
        <Button tone="careful" onClick={() => setOpen('end')}>
          {t('people.end')}
        </Button>
      </div>
      {open === 'putOn' && (
        <ActDialog
          title={t('people.putOn')}
          lead={t('people.putOnLead', { name: person.personName })}
          confirm={t('people.putOn')}
          act={(data, key) =>
            client.call(identity.putOnPost, {
              key,
              params: { id: String(data.get('post')) },
              body: { personId: person.personId, reason: reasonOf(data), ...periodOf(data, timeZone) },
            })
          }
          onDone={() => done(t('people.putOnDone', { name: person.personName }))}
          onClose={close}
        >
          <PostPick name="post" />
          <PeriodFields />
          <ReasonField />
        </ActDialog>
      )}
      {open === 'invite' && (
        <ActDialog
          title={t('people.invite')}
          lead={t('people.inviteLead', { name: person.personName })}
          confirm={t('people.invite')}
          act={(data) => client.call(identity.invitePerson, { params, body: { reason: reasonOf(data) } })}
          onDone={(answer) => {
            onInvited(answer)
            done(t('people.invited'))
          }}
          onClose={close}
        >
          <ReasonField />
        </ActDialog>
      )}
      {open === 'rename' && (
        <ActDialog
          title={t('people.rename')}
          lead={t('people.renameLead')}
          confirm={t('people.rename')}
          act={(data) => client.call(identity.renamePerson, { params, body: { personName: String(data.get('personName')).trim(), reason: reasonOf(data) } })}
          onDone={() => done(t('people.renamed'))}
          onClose={close}
        >
          <LineField name="personName" label={t('people.name')} required maxLength={60} defaultValue={person.personName} autoComplete="off" />
          <ReasonField />
        </ActDialog>
      )}
      {open === 'unlock' && (
        <ActDialog
          title={t('people.unlock')}
          confirm={t('people.unlock')}
          act={(data) => client.call(identity.unlockPerson, { params, body: { reason: reasonOf(data) } })}
          onDone={() => done(t('people.unlocked'))}
          onClose={close}
        >
          <ReasonField />
        </ActDialog>
      )}
      {open === 'sessions' && (
        <ActDialog
          title={t('people.endSessions')}
          lead={t('people.endSessionsLead', { n: person.sessions })}
          confirm={t('people.endSessions')}
          tone="careful"
          act={(data) => client.call(identity.endSessions, { params, body: { reason: reasonOf(data) } })}
          onDone={({ endedSessions }) => done(t('people.sessionsEnded', { n: endedSessions }))}
          onClose={close}
        >
          <ReasonField />
        </ActDialog>
      )}
      {open === 'factor' && (
        <ActDialog
          title={t('people.resetFactor')}
          lead={t('people.resetFactorLead')}
          confirm={t('people.resetFactor')}
          tone="careful"
          act={(data) => client.call(identity.resetSecondFactor, { params, body: { reason: reasonOf(data) } })}
          onDone={() => done(t('people.factorReset'))}
          onClose={close}
        >
          <ReasonField />
        </ActDialog>
      )}
      {open === 'end' && (
        <ActDialog
          title={t('people.end')}
          lead={t('people.endLead', { name: person.personName })}
          confirm={t('people.end')}
          tone="careful"
          act={(data) => client.call(identity.endPerson, { params, body: handOverOf(data) })}
          onDone={({ handOvers }) => {
            done(t('people.endedDone', { n: handOvers.length }))
            go(linkTo('people'))
          }}
          onClose={close}
        >
          <PersonPick name="takenOverBy" label={t('people.takenOverBy')} optional />
          <WordsField name="note" label={t('people.handOverNote')} maxLength={2_000} />
          <ReasonField />
        </ActDialog>
      )}
    </>
  )
}

/** The words and the successor of a hand-over (交接) as a form has them. */
export function handOverOf(data: FormData): { reason: string; note: string; takenOverBy?: string } {
  const takenOverBy = data.get('takenOverBy')
  return {
    reason: String(data.get('reason')),
    note: String(data.get('note') ?? ''),
    ...(typeof takenOverBy === 'string' && takenOverBy !== '' ? { takenOverBy } : {}),
  }
}
