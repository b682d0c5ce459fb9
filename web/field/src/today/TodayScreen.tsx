import { agoOf, useI18n } from '@linli/web-shared/i18n'
import { useNowEvery } from '@linli/web-shared/ui'
import { Glyph } from '../parts/Glyph.tsx'
import { Screen } from '../parts/Screen.tsx'
import { linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import { dutiesOf, endOfToday, isTodo, tasksOf } from '../view.ts'
import { HandOverNotes } from './HandOverNotes.tsx'
import { ShiftCard } from './ShiftCard.tsx'
import { TaskCard } from './TaskCard.tsx'

/** What waits for me now (今日): the shift, what was refused, cases by due time, and how far today's round is. */
export function TodayScreen() {
  const i18n = useI18n()
  const { t, times } = i18n
  const state = useField()
  const now = useNowEvery(60_000)
  const { bundle, outbox, loadedAt, offsetMs, link } = state
  const tasks = tasksOf(state)
  const end = endOfToday(bundle)
  const today = dutiesOf(state).filter((duty) => duty.dueAt <= end)
  const left = today.filter((duty) => isTodo(duty.standing)).length
  const refused = outbox.filter((entry) => entry.rejection).length
  const done = today.length - left
  return (
    <Screen title={t('field.tab.today')} sub={times.day(now + offsetMs)}>
      <ShiftCard />
      {refused > 0 && (
        <a className="note late" href={linkTo('outbox')}>
          <Glyph name="alert" />
          <p>
            <strong>{t('field.refusedN', { n: refused })}</strong>
            <br />
            {t('field.refusedTodo')}
          </p>
          <Glyph name="next" size={20} />
        </a>
      )}
      <HandOverNotes />
      <section className="block">
        <h2>
          {t('field.tasks')} <em>{tasks.length}</em>
        </h2>
        {tasks.length === 0 ? (
          <p className="empty">
            <Glyph name="done" size={32} />
            {t(bundle ? 'field.noTasks' : link === 'offline' ? 'field.noDayOffline' : 'common.loading')}
          </p>
        ) : (
          <ul className="cards">
            {tasks.map((shown) => (
              <TaskCard key={shown.task.id} shown={shown} />
            ))}
          </ul>
        )}
        {bundle?.moreTasks && <p className="faint">{t('field.moreTasks')}</p>}
      </section>
      {today.length > 0 && (
        <a className="progress" href={linkTo('patrol')}>
          <span className="progress-words">
            <strong>{t('field.roundToday')}</strong>
            <span>{t(left === 0 ? 'field.roundDone' : 'field.roundLeft', { done, all: today.length, left })}</span>
          </span>
          <progress value={done} max={today.length} aria-label={t('field.roundToday')} />
          <Glyph name="next" size={20} />
        </a>
      )}
      {loadedAt > 0 && <p className="faint as-of">{t('field.asOf', { ago: agoOf(i18n, Math.max(0, now - loadedAt)) })}</p>}
    </Screen>
  )
}
