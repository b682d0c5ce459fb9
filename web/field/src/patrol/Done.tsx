import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { addEntries } from '../outbox/add.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { say } from '../parts/toast.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { reread, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import type { Duty } from '../view.ts'

/** An own record may be taken back for so long; the server decides by the same rule. */
const CORRECTABLE_MS = 24 * 3_600_000

/** What is settled in the grid; what was recorded from this telephone today can be taken back. */
export function Done({ duties }: { duties: readonly Duty[] }) {
  const { t } = useI18n()
  const [taking, setTaking] = useState<{ readonly duty: Duty; readonly entryId: string }>()
  return (
    <details className="block">
      <summary>
        {t('field.patrol.done')} <em>{duties.length}</em>
      </summary>
      <ul className="done-list">
        {duties.map((duty) => (
          <DoneRow key={`${duty.item.key} ${duty.period}`} duty={duty} onTake={(entryId) => setTaking({ duty, entryId })} />
        ))}
      </ul>
      {taking && <TakeBack {...taking} onClose={() => setTaking(undefined)} />}
    </details>
  )
}

function DoneRow({ duty, onTake }: { duty: Duty; onTake(entryId: string): void }) {
  const { t, pick } = useI18n()
  const { sent, outbox, loadedAt, offsetMs } = useField()
  const own = sent.findLast(({ duty: made }) => made?.gridCode === duty.gridCode && made.itemKey === duty.item.key && made.period === duty.period)
  const waits = outbox.some(({ act }) => act.kind === 'correct' && act.entryId === own?.duty?.entryId)
  const may = own?.duty && duty.standing !== 'waiting' && !waits && loadedAt + offsetMs - own.at < CORRECTABLE_MS
  return (
    <li>
      <Glyph name={duty.standing === 'waiting' || waits ? 'waits' : 'done'} size={20} />
      <span className="grow">
        {pick(duty.item)}
        <br />
        <span className="soft">{waits ? t('field.duty.takingBack') : t(`field.standing.${duty.standing}`)}</span>
      </span>
      {may && own.duty && (
        <button type="button" className="small" aria-label={t('duties.correctOf', { name: pick(duty.item) })} onClick={() => onTake(own.duty?.entryId ?? '')}>
          {t('duties.correct')}
        </button>
      )}
    </li>
  )
}

function TakeBack({ duty, entryId, onClose }: { duty: Duty; entryId: string; onClose(): void }) {
  const { t, pick } = useI18n()
  const { worker } = useField()
  const guard = useTrouble()
  const [reason, setReason] = useState('')
  const put = () =>
    void guard(async () => {
      await addEntries([
        {
          personId: worker?.personId ?? '',
          lane: `duty ${duty.gridCode} ${duty.item.key} ${duty.period}`,
          title: `${t('duties.correct')} ${pick(duty.item)}`,
          act: { kind: 'correct', entryId, reason: reason.trim() || t('field.duty.mistake') },
        },
      ])
      await reread()
      say(t('field.saved'))
      void syncNow(false)
    })
  return (
    <Confirm title={t('duties.correctOf', { name: pick(duty.item) })} act={t('duties.correct')} onAct={put} onClose={onClose}>
      <p className="soft">{t('duties.correctLead')}</p>
      <label className="field">
        <span>{t('need.reason')}</span>
        <input maxLength={500} placeholder={t('field.duty.mistake')} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Confirm>
  )
}
