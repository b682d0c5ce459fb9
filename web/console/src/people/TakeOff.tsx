import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ReasonField, WordsField } from '../parts/fields.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { handOverOf } from './PersonActs.tsx'
import { PersonPick } from './picks.tsx'
import type { Holding } from './types.ts'

/** Takes somebody off a post with a hand-over (交接), after showing what is still open there. */
export function TakeOff({ holding, onDone, onClose }: { holding: Holding; onDone(): void; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const say = useSay()
  return (
    <ActDialog
      title={t('people.takeOff')}
      lead={t('people.takeOffLead', { name: holding.personName, post: holding.postTitle })}
      confirm={t('people.takeOff')}
      tone="careful"
      act={(data) => client.call(identity.takeOffPost, { params: { id: holding.holdingId }, body: handOverOf(data) })}
      onDone={({ handOver }) => {
        say(t(handOver === null ? 'people.takenOff' : 'people.takenOffHandedOver'))
        onClose()
        onDone()
      }}
      onClose={onClose}
    >
      <OpenWork postId={holding.postId} />
      {!holding.deputy && <PersonPick name="takenOverBy" label={t('people.takenOverBy')} optional />}
      <WordsField name="note" label={t('people.handOverNote')} maxLength={2_000} />
      <ReasonField />
    </ActDialog>
  )
}

/** What is open at a post and must be handed over. */
export function OpenWork({ postId }: { postId: string }) {
  const { t, word, problem } = useI18n()
  const asked = useAnswer(identity.listOpenWork, { params: { id: postId } })
  if (asked.problem) return <p className="late">{problem(asked.problem.code).what}</p>
  if (!asked.data) return <p className="faint">{t('common.loading')}</p>
  const { total, rows } = asked.data
  if (total === 0) return <p className="note">{t('people.noOpenWork')}</p>
  return (
    <div className="note">
      <strong>{t('people.openWorkAt', { n: total })}</strong>
      <ul className="plain-list">
        {rows.slice(0, 6).map((row) => (
          <li key={`${row.kind} ${row.objectId}`}>
            {row.number} · {word('state', row.state)} {row.dueAt !== null && <Moment at={row.dueAt} />}
          </li>
        ))}
      </ul>
      {total > 6 && <p className="faint">{t('people.openWorkMore', { n: total - 6 })}</p>}
    </div>
  )
}
