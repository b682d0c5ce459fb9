import { insight } from '@linli/contract/endpoints/reach'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { EmptyView, Icon, LoadingView, ProblemView, Segments, useNowEvery } from '@linli/web-shared/ui'
import { useMemo, useState } from 'react'
import { NO_FILTERS, type Named, type Period } from '../state/filters.ts'
import { PERIODS, rangeOf } from '../state/period.ts'
import { useRoom } from '../state/room.ts'
import { IndicatorCard, type Rate } from './IndicatorCard.tsx'
import { Ranking } from './Ranking.tsx'

const RENEW_MS = 30_000
const MINUTE_MS = 60_000
const TRACKS = ['all', 'simple', 'hard'] as const
type Track = (typeof TRACKS)[number]
/** What reporters say; the others are what the city did. */
const SAID: ReadonlySet<string> = new Set(['answered', 'fixed', 'satisfied'])
const ON_TIME: ReadonlySet<string> = new Set(['handledOnTime', 'closedOnTime'])

/** The figures of the room (指标): each with its fraction, its definition and the cases behind it. */
export function IndicatorPanel() {
  const i18n = useI18n()
  const { t, times, timeZone, language } = i18n
  const { session, filter } = useRoom()
  const [period, setPeriod] = useState<Period>('week')
  const [track, setTrack] = useState<Track>('all')
  const [by, setBy] = useState<'area' | 'unit'>('area')
  const [trail, setTrail] = useState<readonly Named[]>([])
  const minute = useNowEvery(MINUTE_MS)
  const range = useMemo(() => rangeOf(period, timeZone, minute), [period, timeZone, minute])
  const parent = by === 'area' ? trail.at(-1) : undefined
  const may = session.may('insight.read')
  const asked = useAnswer(
    insight.indicators,
    { query: { by, ...range, ...(parent ? { parent: parent.code } : {}), ...(track === 'all' ? {} : { track }) } },
    { enabled: may, keep: true, everyMs: RENEW_MS },
  )
  const data = asked.data
  const cards = (rates: readonly Rate[]) =>
    rates.map((rate) => (
      <IndicatorCard
        key={rate.indicator}
        rate={rate}
        definition={data?.definitions.find((definition) => definition.indicator === rate.indicator)}
        note={noteOf(rate)}
        onOpen={
          track === 'all'
            ? (part) => filter({ ...NO_FILTERS, ...(parent ? { area: parent } : {}), behind: { indicator: rate.indicator, part, period, ...range } })
            : undefined
        }
      />
    ))
  const noteOf = ({ indicator }: Rate) => {
    if (!data) return undefined
    const { pending, granted } = data.appealed
    if (ON_TIME.has(indicator) && pending + granted > 0) return t('command.appealed', { pending, granted })
    return (indicator === 'fixed' || indicator === 'satisfied') && data.unanswered > 0
      ? t('command.unanswered', { n: countOf(language, data.unanswered) })
      : undefined
  }
  if (!may)
    return (
      <section className="panel">
        <EmptyView>{t('command.noInsight')}</EmptyView>
      </section>
    )
  return (
    <section className="panel figures" aria-labelledby="figures-title">
      <div className="figures-total">
        <header className="panel-head">
          <h2 id="figures-title">{t('command.indicators')}</h2>
          <Segments<Period>
            label={t('command.period')}
            value={period}
            options={PERIODS.map((value) => ({ value, text: t(`command.${value}` as const) }))}
            onChange={setPeriod}
          />
        </header>
        {asked.problem && !data && <ProblemView problem={asked.problem} onRetry={asked.again} />}
        {!data && asked.loading && <LoadingView lines={10} />}
        {data && (
          <>
            <div className="headline">
              <button type="button" onClick={() => filter({ ...NO_FILTERS })}>
                <strong>{countOf(language, data.open)}</strong>
                <span>{t('command.open')}</span>
              </button>
              <button type="button" className={data.overdue > 0 ? 'headline-late' : ''} onClick={() => filter({ ...NO_FILTERS, overdue: true })}>
                <strong>
                  {data.overdue > 0 && <Icon name="alert" size={20} />}
                  {countOf(language, data.overdue)}
                </strong>
                <span>{t('command.overdue')}</span>
              </button>
            </div>
            <div className="track-filter">
              <span className="faint">{t('command.track')}</span>
              <Segments<Track>
                label={t('command.track')}
                value={track}
                options={TRACKS.map((value) => ({ value, text: t(`command.track.${value}` as const) }))}
                onChange={setTrack}
              />
            </div>
            <p className="as-of">{track === 'all' ? t('command.trackCounts', data.tracks) : t('command.trackNoList')}</p>
            <h3 className="indicator-group">{t('command.indicatorGroup.work')}</h3>
            <ul className="indicators">{cards(data.total.filter((rate) => !SAID.has(rate.indicator)))}</ul>
            <h3 className="indicator-group">{t('command.indicatorGroup.people')}</h3>
            <ul className="indicators">{cards(data.total.filter((rate) => SAID.has(rate.indicator)))}</ul>
            <p className="as-of">{t('command.asOf', { at: times.full(Date.parse(data.asOf)) })}</p>
          </>
        )}
      </div>
      {data && <Ranking by={by} onBy={setBy} trail={trail} onTrail={setTrail} data={data} behind={track === 'all' ? { period, ...range } : undefined} />}
    </section>
  )
}
