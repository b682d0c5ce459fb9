import { leftOf, useI18n, type I18nView } from '@linli/web-shared/i18n'
import { Sign, signOf, useNowEvery } from '@linli/web-shared/ui'
import { Glyph } from '../parts/Glyph.tsx'
import { linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import type { ShownTask } from '../view.ts'
import { mainMoves } from './moves.ts'

/** One case that waits: what to do, what it is, where, and until when. */
export function TaskCard({ shown: { task, pending } }: { shown: ShownTask }) {
  const i18n = useI18n()
  const { t, word } = i18n
  const { offsetMs } = useField()
  const now = useNowEvery(60_000) + offsetMs
  const [first] = mainMoves(task)
  const left = task.dueAt === null ? undefined : leftOf(i18n, Date.parse(task.dueAt), now)
  const late = task.overdue || left?.late === true
  return (
    <li>
      <a className="card" data-late={late} href={linkTo('task', task.id)}>
        <Sign name={signOf(task.step, task.state)} overdue={late} size={34} />
        <span className="card-words">
          <span className="card-do">
            {pending ? (
              <span className={pending.rejection ? 'late' : 'soft'}>
                {t(pending.rejection ? 'field.task.refused' : 'field.task.waits', { move: word('move', moveOf(pending)) })}
              </span>
            ) : (
              <>{first ? doing(i18n, task.state) : word('state', task.state)}</>
            )}
          </span>
          <strong>{task.matterName ?? task.title}</strong>
          <span className="soft">
            <Glyph name="pin" size={16} /> {task.address ?? task.areaNames.slice(-2).join(' ')}
          </span>
          {left && (
            <span className={late ? 'late' : 'soft'}>
              <Glyph name={late ? 'alert' : 'clock'} size={16} /> {left.text}
            </span>
          )}
        </span>
        <Glyph name="next" size={20} />
      </a>
    </li>
  )
}

/** What to do next, in the words of somebody who goes there: not what the button will say when it is done. */
function doing({ t, word }: Pick<I18nView, 't' | 'word'>, state: string): string {
  if (state === 'verifying') return t('field.doing.verifying')
  if (state === 'handled') return t('field.doing.handled')
  if (state === 'dispatched') return t('field.doing.dispatched')
  if (state === 'handling') return t('field.doing.handling')
  return t('field.task.do', { move: word('state', state) })
}

const moveOf = (entry: NonNullable<ShownTask['pending']>) => (entry.act.kind === 'move' ? entry.act.body.move : '')
