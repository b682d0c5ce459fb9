import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { discard, sendAnew, sendRead } from '../outbox/add.ts'
import type { Entry } from '../outbox/types.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../parts/toast.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { go } from '../place.ts'
import { draftOf } from '../report/report-act.ts'
import { isEmpty } from '../report/draft.ts'
import { database, keep, readKept } from '../store/db.ts'
import { reread, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'

/** What waits to be sent and what was refused (待发件箱): why in the server's own words, and what can be done about it. */
export function OutboxScreen() {
  const { t } = useI18n()
  const { outbox, worker, link, sending } = useField()
  const own = outbox.filter((entry) => entry.personId === worker?.personId)
  const foreign = outbox.length - own.length
  const refused = own.filter((entry) => entry.rejection)
  const waiting = own.filter((entry) => !entry.rejection)
  return (
    <Screen
      title={t('field.outbox')}
      sub={t(
        link === 'online'
          ? waiting.length > 0
            ? 'field.outbox.goes'
            : 'field.pill.online'
          : link === 'offline'
            ? 'field.outbox.offline'
            : 'field.outbox.signIn',
      )}
      inner
      foot={
        waiting.length > 0 ? (
          <button type="button" className="big main" disabled={sending} onClick={() => void syncNow(true)}>
            <Glyph name="send" />
            {t(sending ? 'common.sending' : 'field.outbox.sendNow')}
          </button>
        ) : undefined
      }
    >
      {own.length === 0 && (
        <p className="empty">
          <Glyph name="done" size={32} />
          {t('field.outbox.empty')}
        </p>
      )}
      {refused.length > 0 && (
        <section className="block">
          <h2 className="late">
            {t('field.outbox.refused')} <em>{refused.length}</em>
          </h2>
          <ul className="cards">
            {refused.map((entry) => (
              <Refused key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section className="block">
          <h2>
            {t('field.outbox.waiting')} <em>{waiting.length}</em>
          </h2>
          <ul className="done-list">
            {waiting.map((entry) => (
              <Waiting key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      )}
      {foreign > 0 && <p className="note">{t('field.outbox.foreign', { n: foreign })}</p>}
    </Screen>
  )
}

function Waiting({ entry }: { entry: Entry }) {
  const { t, times } = useI18n()
  return (
    <li>
      <Glyph name="waits" size={20} />
      <span className="grow">
        <strong>{entry.title}</strong>
        <br />
        <span className="soft">
          {t(`field.kind.${entry.act.kind}`)} · {times.minute(entry.stamp.deviceAt + entry.stamp.offsetMs)}
          {entry.photos.length > 0 && ` · ${t('field.photosN', { n: entry.photos.length })}`}
        </span>
      </span>
    </li>
  )
}

function Refused({ entry }: { entry: Entry }) {
  const { t, problem, times } = useI18n()
  const guard = useTrouble()
  const [asking, setAsking] = useState(false)
  const { what, todo } = problem(entry.rejection?.code ?? 'INTERNAL')
  const mend = () =>
    void guard(async () => {
      if (entry.act.kind === 'report') {
        const draft = await readKept('draft')
        if (draft && !isEmpty(draft)) return say(t('field.outbox.draftThere'), true)
        await keep(
          'draft',
          draftOf(
            entry.act,
            entry.photos.map((photo) => photo.blob),
          ),
        )
        // Its photos belong to the draft now.
        await (await database()).delete('outbox', entry.id)
        await reread()
        return go('report')
      }
      await sendAnew(entry)
      await reread()
      void syncNow(false)
    })
  const read = (crs: 'wgs84' | 'gcj02') =>
    void guard(async () => {
      await sendRead(entry, crs)
      await reread()
      void syncNow(false)
    })
  const give = () =>
    void guard(async () => {
      await discard(entry.id)
      await reread()
    })
  return (
    <li className="refused">
      <p className="soft">
        {t(`field.kind.${entry.act.kind}`)} · {times.minute(entry.stamp.deviceAt + entry.stamp.offsetMs)}
      </p>
      <strong>{entry.title}</strong>
      <p className="late">
        <Glyph name="alert" size={18} /> {what}
      </p>
      <p>{todo}</p>
      {entry.rejection?.code === 'POSITION_SYSTEM_DOUBTFUL' && (
        <div className="stack">
          <button type="button" className="small" onClick={() => read('wgs84')}>
            {t('field.outbox.asSent')}
          </button>
          <button type="button" className="small" onClick={() => read('gcj02')}>
            {t('field.outbox.asGcj02')}
          </button>
        </div>
      )}
      <div className="pair">
        <button type="button" className="small" onClick={mend}>
          {t(entry.act.kind === 'report' ? 'field.outbox.mend' : 'field.outbox.again')}
        </button>
        <button type="button" className="small careful" onClick={() => setAsking(true)}>
          {t('field.outbox.discard')}
        </button>
      </div>
      {asking && (
        <Confirm title={t('field.outbox.discardAsk')} act={t('field.outbox.discard')} onAct={give} onClose={() => setAsking(false)}>
          <p>{t('field.outbox.discardMeans', { title: entry.title })}</p>
        </Confirm>
      )}
    </li>
  )
}
