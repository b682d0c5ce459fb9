import { useI18n } from '@linli/web-shared/i18n'
import { changeOf, Hint, Icon, Sparkline, type Point, type Series } from '@linli/web-shared/ui'

/** One figure of the wall with all that is known of it. */
export interface Figure {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly formula: string
  readonly note?: string
  readonly late?: boolean
  readonly points: readonly Point[]
  readonly share: boolean
  readonly series: readonly Series[]
  /** Ways to the cases behind it. */
  readonly ways: readonly { readonly name: string; open(): void }[]
}

/** A figure to be read from afar; its name shows its definition, the rest opens trend and cases. */
export function FigureCard({ figure, days, onOpen }: { figure: Figure; days: number; onOpen(): void }) {
  const { t } = useI18n()
  const { name, value, formula, note, late, points, share } = figure
  return (
    <li className="wall-figure" data-indicator={figure.id} data-late={late === true}>
      <Hint className="wall-figure-name" text={formula}>
        {name}
      </Hint>
      <button type="button" className="wall-figure-open" onClick={onOpen}>
        <span className="unseen">{t('wall.details', { name })}</span>
        <strong>
          {late && <Icon name="alert" size={28} />}
          {value}
        </strong>
        {note !== undefined && <small>{note}</small>}
        {points.length > 0 && (
          <>
            <Change points={points} share={share} />
            <Sparkline points={points} share={share} label={t('wall.trend', { n: days })} />
          </>
        )}
      </button>
    </li>
  )
}

/** How the last value differs from the one before: an arrow and a number. */
function Change({ points, share }: { points: readonly Point[]; share: boolean }) {
  const { t, language } = useI18n()
  const change = changeOf(points)
  if (change === undefined) return <span className="wall-change">{t('common.none')}</span>
  const size = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.abs(share ? change * 100 : change))
  const way = size === '0' ? 'None' : change > 0 ? 'Up' : 'Down'
  const said = `${t(`wall.change${way}`)} ${share ? t('wall.points', { n: size }) : size}`
  return (
    <span className="wall-change" title={t('wall.change', { change: said })}>
      <Icon name={way === 'None' ? 'steady' : way === 'Up' ? 'up' : 'down'} />
      {size}
      <span className="unseen">{t('wall.change', { change: said })}</span>
    </span>
  )
}
