import type { AnswerOf } from '@linli/contract/endpoint'
import { INDICATORS, type insight } from '@linli/contract/endpoints/reach'
import { countOf, percentOf, useI18n } from '@linli/web-shared/i18n'
import { EmptyView, Icon, IconButton, Segments } from '@linli/web-shared/ui'
import { useState } from 'react'
import { NO_FILTERS, type Behind, type Named } from '../state/filters.ts'
import { useRoom } from '../state/room.ts'
import { rankBy } from './rank.ts'

type Answer = AnswerOf<typeof insight.indicators>

/** Areas or units by one indicator; an area opens the areas below it, a figure opens its cases. */
export function Ranking({
  by,
  onBy,
  trail,
  onTrail,
  data,
  behind,
}: {
  by: 'area' | 'unit'
  onBy(by: 'area' | 'unit'): void
  trail: readonly Named[]
  onTrail(trail: readonly Named[]): void
  data: Answer
  /** The period whose cases a figure opens; absent where they cannot be listed. */
  behind: Pick<Behind, 'period' | 'from' | 'to'> | undefined
}) {
  const { t, word, language } = useI18n()
  const { filter, showArea } = useRoom()
  const [indicator, setIndicator] = useState<string>('handledOnTime')
  const ranked = rankBy(data.rows, indicator)
  const open = (row: Named) => {
    if (behind) filter({ ...NO_FILTERS, [by]: { code: row.code, name: row.name }, behind: { indicator, part: 'denominator', ...behind } })
  }
  return (
    <section className="ranking" aria-labelledby="ranking-title">
      <header className="panel-head">
        <h2 id="ranking-title">{t('command.ranking')}</h2>
        <Segments
          label={t('command.ranking')}
          value={by}
          options={[
            { value: 'area', text: t('command.byArea') },
            { value: 'unit', text: t('command.byUnit') },
          ]}
          onChange={onBy}
        />
      </header>
      <div className="ranking-choice">
        <select aria-label={t('command.rankBy')} value={indicator} onChange={(event) => setIndicator(event.target.value)}>
          {INDICATORS.map((code) => (
            <option key={code} value={code}>
              {word('indicator', code)}
            </option>
          ))}
        </select>
        {by === 'area' && trail.length > 0 && (
          <nav className="trail" aria-label={t('command.area')}>
            <button type="button" onClick={() => onTrail([])}>
              {t('command.whole')}
            </button>
            {trail.map((area, index) => (
              <span key={area.code}>
                <Icon name="next" size={12} />
                <button type="button" aria-current={index === trail.length - 1 ? 'true' : undefined} onClick={() => onTrail(trail.slice(0, index + 1))}>
                  {area.name}
                </button>
              </span>
            ))}
          </nav>
        )}
      </div>
      {ranked.length === 0 && <EmptyView>{t('command.noRanking')}</EmptyView>}
      <ol>
        {ranked.map(({ row, place, value }) => {
          const rate = row.rates.find((candidate) => candidate.indicator === indicator)
          return (
            <li key={row.code}>
              <span className="rank-place">{place ?? t('common.none')}</span>
              <button type="button" className="rank-open" onClick={() => open(row)} disabled={!behind || (rate?.denominator ?? 0) === 0}>
                <span className="rank-name">{row.name}</span>
                <span className="rank-value">{percentOf(language, value)}</span>
                <span className="rank-bar" aria-hidden="true">
                  <i style={{ width: `${(value ?? 0) * 100}%` }} />
                </span>
                <span className="rank-parts">
                  {t('command.fraction', { numerator: countOf(language, rate?.numerator ?? 0), denominator: countOf(language, rate?.denominator ?? 0) })}
                </span>
                <span className="unseen">{t('command.openDenominator', { n: rate?.denominator ?? 0 })}</span>
              </button>
              {by === 'area' && (
                <IconButton
                  icon="next"
                  label={t('common.pair', { name: t('command.drill'), value: row.name })}
                  onClick={() => {
                    onTrail([...trail, { code: row.code, name: row.name }])
                    showArea(row.code)
                  }}
                />
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
