import type { AnswerOf } from '@linli/contract/endpoint'
import { INDICATORS, insight } from '@linli/contract/endpoints/reach'
import { useAnswer } from '@linli/web-shared/api'
import { percentOf, useI18n } from '@linli/web-shared/i18n'
import { EmptyView, Hint } from '@linli/web-shared/ui'
import { useState } from 'react'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { AsOf } from '../parts/Page.tsx'
import { csvOf } from './csv.ts'
import { Figure } from './Figure.tsx'
import { SaveTable } from './SaveTable.tsx'

type Answer = AnswerOf<typeof insight.indicators>
type Rate = Answer['total'][number]
type Period = { readonly from: string; readonly to: string }

/** The rates of the whole scope with what each is made of, and areas or units in the order of one of them (考核排名). */
export function Rates({ period, by }: { period: Period; by: 'area' | 'unit' }) {
  const { t, word, pick, language } = useI18n()
  const [indicator, setIndicator] = useState<string>('handledOnTime')
  const asked = useAnswer(insight.indicators, { query: { by, ...period } }, { keep: true, everyMs: 60_000 })
  const parts = (rate: Rate, filter: Record<string, string> = {}) => (
    <>
      <Figure n={rate.numerator} filter={{ ...period, ...filter, indicator: rate.indicator, part: 'numerator' }} />
      {' / '}
      <Figure n={rate.denominator} filter={{ ...period, ...filter, indicator: rate.indicator, part: 'denominator' }} />
    </>
  )
  return (
    <Loaded asked={asked} lines={8}>
      {(data) => {
        const ranked = rank(data.rows, indicator)
        return (
          <>
            {by === 'area' && (
              <DataTable
                label={t('command.indicators')}
                rows={data.total}
                keyOf={(rate) => rate.indicator}
                columns={[
                  {
                    key: 'name',
                    head: t('command.indicators'),
                    kind: 'main',
                    render: (rate) => {
                      const definition = data.definitions.find((one) => one.indicator === rate.indicator)
                      return (
                        <Hint text={definition ? pick({ zh: definition.formulaZh, en: definition.formulaEn }) : t('common.none')}>
                          {word('indicator', rate.indicator)}
                        </Hint>
                      )
                    },
                  },
                  { key: 'value', head: t('views.rate'), kind: 'figure', render: (rate) => percentOf(language, rate.value) },
                  { key: 'parts', head: t('views.parts'), kind: 'figure', render: (rate) => parts(rate) },
                ]}
              />
            )}
            <div className="filters views-rank">
              <label>
                {t('command.rankBy')}{' '}
                <select value={indicator} onChange={(event) => setIndicator(event.target.value)}>
                  {INDICATORS.map((code) => (
                    <option key={code} value={code}>
                      {word('indicator', code)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            {ranked.length === 0 ? (
              <EmptyView>{t('command.noRanking')}</EmptyView>
            ) : (
              <DataTable
                label={t('command.ranking')}
                rows={ranked}
                keyOf={({ row }) => row.code}
                columns={[
                  { key: 'place', head: t('views.place'), kind: 'figure', render: ({ place }) => place ?? t('common.none') },
                  { key: 'name', head: t(by === 'area' ? 'command.area' : 'command.unit'), kind: 'main', render: ({ row }) => row.name },
                  { key: 'value', head: word('indicator', indicator), kind: 'figure', render: ({ rate }) => percentOf(language, rate.value) },
                  {
                    key: 'parts',
                    head: t('views.parts'),
                    kind: 'figure',
                    render: ({ row, rate }) => parts(rate, by === 'area' ? { area: row.code } : { owner: row.code }),
                  },
                ]}
              />
            )}
            <SaveTable
              name={`${by}-${indicator}-${period.from.slice(0, 10)}`}
              file={() =>
                csvOf([
                  [
                    t('views.place'),
                    t(by === 'area' ? 'command.area' : 'command.unit'),
                    word('indicator', indicator),
                    t('command.numerator'),
                    t('command.denominator'),
                  ],
                  ...ranked.map(({ row, rate, place }) => [place ?? null, row.name, rate.value, rate.numerator, rate.denominator]),
                ])
              }
            />
            <p className="as-of">{t('views.rankRule')}</p>
            <AsOf at={data.asOf} />
          </>
        )
      }}
    </Loaded>
  )
}

/** Rows by one rate, the best first; who has nothing to be measured by has no place and stands last. */
function rank(rows: Answer['rows'], indicator: string) {
  const lowIsGood = indicator === 'sentBack'
  const rated = rows.flatMap((row) => {
    const rate = row.rates.find((one) => one.indicator === indicator)
    return rate ? [{ row, rate }] : []
  })
  const value = ({ rate }: { rate: Rate }) => (rate.value === null ? Number.NEGATIVE_INFINITY : lowIsGood ? -rate.value : rate.value)
  const sorted = rated.toSorted((one, other) => value(other) - value(one) || one.row.name.localeCompare(other.row.name, 'zh-CN'))
  return sorted.map((one) => ({ ...one, place: one.rate.value === null ? undefined : 1 + sorted.filter((other) => value(other) > value(one)).length }))
}
