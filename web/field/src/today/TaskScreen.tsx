import { leftOf, useI18n } from '@linli/web-shared/i18n'
import { Sign, signOf, useNowEvery } from '@linli/web-shared/ui'
import { useState } from 'react'
import { CasePhotos } from '../parts/CasePhotos.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { PlaceMap } from '../parts/PlaceMap.tsx'
import { Screen } from '../parts/Screen.tsx'
import { go, linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import { tasksOf } from '../view.ts'
import { MoveForm } from './MoveForm.tsx'
import { mainMoves, otherMoves } from './moves.ts'

/** One case on the spot: what to do, where, what was said and shown, and the moves that this post may make. */
export function TaskScreen({ id, move }: { id: string; move: string | undefined }) {
  const i18n = useI18n()
  const { t, word, times } = i18n
  const state = useField()
  const now = useNowEvery(60_000) + state.offsetMs
  const [map, setMap] = useState(false)
  const shown = tasksOf(state).find(({ task }) => task.id === id)
  if (!shown)
    return (
      <Screen title={t('field.task.gone')} inner>
        <p className="empty">
          <Glyph name="done" size={32} />
          {t('field.task.goneHint')}
        </p>
      </Screen>
    )
  const { task, pending } = shown
  const chosen = task.moves.find((each) => each.move === move)
  if (chosen) return <MoveForm key={chosen.move} task={task} move={chosen} />
  const left = task.dueAt === null ? undefined : leftOf(i18n, Date.parse(task.dueAt), now)
  const late = task.overdue || left?.late === true
  const main = mainMoves(task)
  const other = otherMoves(task)
  return (
    <Screen
      title={task.matterName ?? task.title}
      sub={task.number}
      inner
      foot={
        pending ? (
          <a className={`big ${pending.rejection ? 'careful' : ''}`} href={linkTo('outbox')}>
            <Glyph name={pending.rejection ? 'alert' : 'waits'} />
            {t(pending.rejection ? 'field.task.refusedHint' : 'field.task.waitsHint')}
          </a>
        ) : (
          main.map((each, index) => (
            <a key={each.move} className={`big ${index === 0 ? 'main' : ''}`} href={linkTo('task', id, each.move)}>
              {word('move', each.move)}
            </a>
          ))
        )
      }
    >
      <section className="lead">
        <Sign name={signOf(task.step, task.state)} overdue={late} size={40} />
        <div>
          <strong>{word('state', task.state)}</strong>
          {left && (
            <p className={late ? 'late' : 'soft'}>
              {late && <Glyph name="alert" size={16} />} {left.text} · {t('case.dueAt', { at: times.full(Date.parse(task.dueAt ?? '')) })}
            </p>
          )}
        </div>
      </section>
      <section className="block">
        <h2>{t('case.said')}</h2>
        <p className="said">{task.text || t('common.none')}</p>
        <CasePhotos caseId={id} photos={task.photos} />
      </section>
      {task.handled && (
        <section className="block">
          <h2>{t('field.task.handled', { unit: task.ownerName ?? '' })}</h2>
          <p className="said">{task.handled.note ?? t('common.none')}</p>
          <CasePhotos caseId={id} photos={task.handled.photos} />
          {task.closing !== null && (
            <p className="soft">
              {t('case.closingCondition')}：{task.closing}
            </p>
          )}
        </section>
      )}
      <section className="block">
        <h2>{t('case.place')}</h2>
        <p>
          {task.address ?? ''} <span className="soft">{task.areaNames.join(' ')}</span>
        </p>
        {task.position && (
          <p>
            <button type="button" className="text" onClick={() => setMap(!map)}>
              <Glyph name="pin" size={20} /> {t(map ? 'field.map.hide' : 'field.map.show')}
            </button>
          </p>
        )}
        {map && task.position && <PlaceMap spot={task.position} />}
      </section>
      {!pending && other.length > 0 && (
        <section className="block">
          <h2>{t('field.task.other')}</h2>
          <div className="stack">
            {other.map((each) => (
              <button key={`${each.move} ${each.strand}`} type="button" className="row-button" onClick={() => go('task', id, each.move)}>
                <strong>{word('move', each.move)}</strong>
              </button>
            ))}
          </div>
        </section>
      )}
    </Screen>
  )
}
