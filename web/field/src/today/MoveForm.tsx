import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { addEntries } from '../outbox/add.ts'
import type { Act, Task } from '../outbox/types.ts'
import { Choices } from '../parts/Choices.tsx'
import { PhotoField, usePhotos } from '../parts/PhotoField.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../parts/toast.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { go } from '../place.ts'
import { getState, reread } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import type { TaskMove } from './moves.ts'

/** The form of one move: what it needs and nothing else; made without a network it waits, and the case says so. */
export function MoveForm({ task, move }: { task: Task; move: TaskMove }) {
  const { t, word, reason } = useI18n()
  const guard = useTrouble()
  const photos = usePhotos()
  const [reasonCode, setReason] = useState<string | undefined>(move.reasons.length === 1 ? move.reasons[0] : undefined)
  const [note, setNote] = useState('')
  const [reply, setReply] = useState('')
  const [tried, setTried] = useState(false)
  const needs = (need: string) => move.needs.includes(need)
  const lacks = [
    ...(needs('evidence') && photos.ids.length === 0 ? [t('field.photo')] : []),
    ...(needs('reason') && reasonCode === undefined ? [t('need.reason')] : []),
    ...(needs('note') && note.trim() === '' ? [t('need.note')] : []),
    ...(needs('publicReply') && reply.trim() === '' ? [t('need.publicReply')] : []),
  ]
  const send = async () => {
    setTried(true)
    if (lacks.length > 0) return
    const act: Act = {
      kind: 'move',
      caseId: task.id,
      number: task.number,
      seq: task.seq,
      body: {
        move: move.move,
        ...(move.strand === null ? {} : { strand: move.strand }),
        ...(reasonCode === undefined ? {} : { reasonCode }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(reply.trim() === '' ? {} : { publicReply: reply.trim() }),
      },
    }
    const done = await guard(async () => {
      await addEntries([
        {
          personId: getState().worker?.personId ?? '',
          lane: `case ${task.id}`,
          title: `${word('move', move.move)} ${task.matterName ?? task.title}`,
          act,
          photos: photos.ids.map((blob) => ({ blob, part: 'act' })),
        },
      ])
      photos.given()
      await reread()
    })
    if (!done) return
    say(t('field.saved'))
    go('today')
    void syncNow(false)
  }
  return (
    <Screen
      title={word('move', move.move)}
      sub={task.matterName ?? task.title}
      inner
      foot={
        <>
          {tried && lacks.length > 0 && (
            <p className="late" role="alert">
              {t('field.lacks', { what: lacks.join(t('field.comma')) })}
            </p>
          )}
          <button type="button" className="big main" disabled={photos.busy} onClick={() => void send()}>
            {t('form.makeMove', { move: word('move', move.move) })}
          </button>
        </>
      }
    >
      {needs('reason') && (
        <Choices
          legend={t('need.reason')}
          value={reasonCode}
          options={move.reasons.map((code) => ({ value: code, text: reason(move.move, code) }))}
          onChange={setReason}
        />
      )}
      <PhotoField photos={photos} needed={needs('evidence')} large={needs('evidence')} />
      {needs('publicReply') && (
        <label className="field">
          <span>{t('need.publicReply')}</span>
          <textarea rows={3} maxLength={4_000} value={reply} onChange={(event) => setReply(event.target.value)} />
          <small className="soft">{t('form.replyHint')}</small>
        </label>
      )}
      <label className="field">
        <span>
          {t('need.note')} {!needs('note') && <small className="soft">{t('common.optional')}</small>}
        </span>
        <textarea rows={4} maxLength={4_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Screen>
  )
}
