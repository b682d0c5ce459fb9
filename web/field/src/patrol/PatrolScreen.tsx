import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'
import { Glyph } from '../parts/Glyph.tsx'
import { locate } from '../parts/locate.ts'
import { Screen } from '../parts/Screen.tsx'
import { linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import { cardsOf, dutiesOf, endOfToday, gridAt, isTodo, type Card } from '../view.ts'
import { CardLink } from './CardLink.tsx'
import { isVisit } from './asked.ts'
import { Done } from './Done.tsx'

/** The round (巡查): one grid at a time, what is due first; what several departments ask is one line. */
export function PatrolScreen({ grid: wanted }: { grid: string | undefined }) {
  const { t } = useI18n()
  const state = useField()
  const [here, setHere] = useState<string>()
  const [visits, setVisits] = useState(false)
  const { bundle, items, areas } = state
  useEffect(() => {
    void locate().then((spot) => spot && setHere(gridAt(areas, spot.lon, spot.lat)))
  }, [areas])
  const duties = dutiesOf(state)
  const grids = bundle?.grids ?? []
  const grid = [wanted, here].map((code) => grids.find((each) => each.code === code)).find((each) => each !== undefined) ?? grids[0]
  const end = endOfToday(bundle)
  if (!bundle || !grid)
    return (
      <Screen title={t('field.tab.patrol')}>
        <p className="empty">{t(bundle ? 'field.patrol.noGrid' : 'field.noDayOffline')}</p>
      </Screen>
    )
  const todoIn = (code: string) => duties.filter((duty) => duty.gridCode === code && isTodo(duty.standing) && duty.dueAt <= end).length
  const own = duties.filter((duty) => duty.gridCode === grid.code && (!visits || isVisit(duty.item)))
  const todo = own.filter((duty) => isTodo(duty.standing) || duty.standing === 'refused')
  const done = own.filter((duty) => !todo.includes(duty))
  const cards = cardsOf(todo, items)
  const among = (keep: (card: Card) => boolean) => cards.filter(keep)
  return (
    <Screen title={t('field.tab.patrol')} sub={t('field.patrol.of', { done: own.length - todo.length, all: own.length })}>
      {grids.length > 1 && (
        <nav className="grids" aria-label={t('field.patrol.grids')}>
          {grids.map((each) => {
            const left = todoIn(each.code)
            return (
              <a key={each.code} href={linkTo('patrol', each.code)} aria-current={each.code === grid.code ? 'true' : undefined}>
                {each.code === here && <Glyph name="pin" size={18} />}
                {each.name}
                <em>{left === 0 ? <Glyph name="done" size={16} /> : left}</em>
              </a>
            )
          })}
        </nav>
      )}
      <div className="segments wide" role="group" aria-label={t('field.patrol.which')}>
        <button type="button" aria-pressed={!visits} onClick={() => setVisits(false)}>
          {t('field.patrol.all')}
        </button>
        <button type="button" aria-pressed={visits} onClick={() => setVisits(true)}>
          {t('field.patrol.visits')}
        </button>
      </div>
      {cards.length === 0 && (
        <p className="empty">
          <Glyph name="done" size={32} />
          {t('field.patrol.allDone')}
        </p>
      )}
      <Group title={t('field.patrol.overdue')} cards={among((card) => card.standing === 'overdue')} late />
      <Group title={t('field.patrol.today')} cards={among((card) => card.standing !== 'overdue' && card.dueAt <= end)} />
      <Group title={t('field.patrol.later')} cards={among((card) => card.standing !== 'overdue' && card.dueAt > end)} />
      {done.length > 0 && <Done duties={done} />}
    </Screen>
  )
}

function Group({ title, cards, late = false }: { title: string; cards: readonly Card[]; late?: boolean }) {
  if (cards.length === 0) return null
  return (
    <section className="block">
      <h2 className={late ? 'late' : ''}>
        {title} <em>{cards.length}</em>
      </h2>
      <ul className="cards">
        {cards.map((card) => (
          <CardLink key={card.key} card={card} />
        ))}
      </ul>
    </section>
  )
}
