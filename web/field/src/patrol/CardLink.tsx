import { useI18n } from '@linli/web-shared/i18n'
import { Glyph } from '../parts/Glyph.tsx'
import { linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import type { Card } from '../view.ts'
import { askersOf } from './asked.ts'

/** One thing to do on the round; where several departments ask for it, it says so and who they are. */
export function CardLink({ card }: { card: Card }) {
  const { t, pick, times } = useI18n()
  const { items } = useField()
  const [first] = card.duties
  if (!first) return null
  const askers = askersOf(card, items).map(pick)
  const needs = card.duties.map((duty) => duty.item.evidence).join(' ')
  return (
    <li>
      <a className="card" data-late={card.standing === 'overdue'} href={card.standing === 'refused' ? linkTo('outbox') : linkTo('duty', card.key)}>
        <span className="card-words">
          <strong>{card.duties.map((duty) => pick(duty.item)).join(t('field.and'))}</strong>
          {card.duties.length > 1 && (
            <span className="both">
              <Glyph name="both" size={18} /> {t('field.patrol.askedBy', { who: askers.join(t('field.comma')) })}
            </span>
          )}
          {card.standing === 'refused' && <span className="late">{t('field.standing.refused')}</span>}
          <span className="soft">
            {t(`duties.frequency.${first.item.frequency}`)} · {t('case.dueAt', { at: times.full(card.dueAt - 60_000) })}
            {/photo/.test(needs) && ` · ${t('field.needsPhoto')}`}
          </span>
        </span>
        <Glyph name={card.standing === 'refused' ? 'alert' : 'next'} size={20} />
      </a>
    </li>
  )
}
