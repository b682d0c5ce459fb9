import type { AnswerOf } from '@linli/contract/endpoint'
import type { insight } from '@linli/contract/endpoints/reach'
import { countOf, percentOf, useI18n } from '@linli/web-shared/i18n'
import { LoadingView, ProblemView, type Series } from '@linli/web-shared/ui'
import { useState } from 'react'
import { NO_FILTERS } from '../state/filters.ts'
import { useRoom } from '../state/room.ts'
import { FigureCard, type Figure } from './FigureCard.tsx'
import { FigureDialog } from './FigureDialog.tsx'
import { countsByDay, ratesByDay } from './figures.ts'

type Indicators = AnswerOf<typeof insight.indicators>
type Asked<T> = { readonly data: T | undefined; readonly problem: Parameters<typeof ProblemView>[0]['problem'] | null; again(): void }

/** Work first, what reporters say last; on a wall there is room for these. */
const SHOWN = ['handledOnTime', 'closedOnTime', 'sentBack', 'fixed', 'satisfied'] as const

/** The key figures over the map (关键指标): each with its definition, its trend and the cases behind it. */
export function KeyFigures({
  figures,
  trend,
  range,
  onCases,
}: {
  figures: Asked<Indicators>
  trend: Asked<AnswerOf<typeof insight.history>>
  range: { readonly from: string; readonly to: string }
  /** Opens the list of cases, which is narrowed already. */
  onCases(): void
}) {
  const { t, word, pick, times, language } = useI18n()
  const { filter } = useRoom()
  const [open, setOpen] = useState<string>()
  const days = trend.data?.rows.length ?? 0
  const { data } = figures
  const count = (value: number | null) => (value === null ? t('common.none') : countOf(language, value))
  const received = countsByDay(trend.data, 'received')
  const series = (name: string, points: Series['points'], share: boolean, as: Series['as']): Series => ({
    name,
    points,
    share,
    as,
    text: share ? (value) => percentOf(language, value) : count,
  })
  const narrow = (filters: Parameters<typeof filter>[0]) => () => {
    filter({ ...NO_FILTERS, ...filters })
    setOpen(undefined)
    onCases()
  }
  const cards: Figure[] = data
    ? [
        {
          id: 'received',
          name: t('wall.received'),
          value: count(received.at(-1)?.value ?? null),
          formula: t('wall.receivedFormula'),
          points: received,
          share: false,
          series: [series(t('wall.received'), received, false, 'columns'), series(t('wall.closedDay'), countsByDay(trend.data, 'closed'), false, 'columns')],
          ways: [],
        },
        {
          id: 'open',
          name: t('wall.openNow'),
          value: count(data.open),
          formula: t('wall.openFormula'),
          note: t('wall.late', { n: countOf(language, data.overdue) }),
          late: data.overdue > 0,
          points: [],
          share: false,
          series: [],
          ways: [{ name: t('command.onlyOverdue'), open: narrow({ overdue: true }) }],
        },
        ...SHOWN.map((indicator): Figure => {
          const rate = data.total.find((one) => one.indicator === indicator)
          const definition = data.definitions.find((one) => one.indicator === indicator)
          const points = ratesByDay(trend.data, indicator)
          const behind = (part: 'numerator' | 'denominator') => narrow({ behind: { indicator, part, period: 'month', ...range } })
          return {
            id: indicator,
            name: word('indicator', indicator),
            value: percentOf(language, rate?.value ?? null),
            formula: definition ? pick({ zh: definition.formulaZh, en: definition.formulaEn }) : t('common.none'),
            note: t('wall.parts', { numerator: count(rate?.numerator ?? 0), denominator: count(rate?.denominator ?? 0) }),
            points,
            share: true,
            series: [series(t('wall.trendRate', { name: word('indicator', indicator), n: days }), points, true, 'line')],
            ways: [
              { name: t('command.openNumerator', { n: rate?.numerator ?? 0 }), open: behind('numerator') },
              { name: t('command.openDenominator', { n: rate?.denominator ?? 0 }), open: behind('denominator') },
            ],
          }
        }),
      ]
    : []
  const chosen = cards.find((card) => card.id === open)
  return (
    <section className="wall-figures" aria-label={t('wall.figures')}>
      {figures.problem && !data && <ProblemView problem={figures.problem} onRetry={figures.again} />}
      {!data && !figures.problem && <LoadingView lines={3} />}
      {cards.length > 0 && (
        <ul>
          {cards.map((card) => (
            <FigureCard key={card.id} figure={card} days={days} onOpen={() => setOpen(card.id)} />
          ))}
        </ul>
      )}
      {data && <p className="wall-as-of">{`${t('wall.month')} · ${t('command.asOf', { at: times.full(Date.parse(data.asOf)) })}`}</p>}
      {chosen && data && <FigureDialog figure={chosen} asOf={data.asOf} onClose={() => setOpen(undefined)} />}
    </section>
  )
}
