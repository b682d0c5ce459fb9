import { useI18n } from '@linli/web-shared/i18n'
import { Segments, useNowEvery } from '@linli/web-shared/ui'
import { useMemo } from 'react'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { Breakdown } from './Breakdown.tsx'
import { Ledger } from './Ledger.tsx'
import { Rates } from './Rates.tsx'
import { WINDOWS, windowOf } from './window.ts'
import './indicators.css'

const VIEWS = ['rates', 'volume', 'category', 'area', 'ranking', 'ledger', 'frequent'] as const
const MINUTE_MS = 60_000

/** The figures of one's scope (指标与分析): every number opens the cases behind it. */
export default function IndicatorsScreen() {
  const { t, timeZone } = useI18n()
  const { query } = usePlace()
  const view = VIEWS.find((name) => name === query['view']) ?? 'rates'
  const name = WINDOWS.find((one) => one === query['window']) ?? 'week'
  const minute = useNowEvery(MINUTE_MS)
  const period = useMemo(() => windowOf(name, timeZone, minute), [name, timeZone, minute])
  const change = (part: Record<string, string>) => go(linkTo('indicators', [], { ...query, ...part }), true)
  return (
    <Page title={t(nameOf('indicators'))} lead={t(`views.lead.${view}`)}>
      <div className="filters">
        <Segments
          label={t('views.view')}
          value={view}
          options={VIEWS.map((value) => ({ value, text: t(`views.${value}`) }))}
          onChange={(next) => change({ view: next })}
        />
        <Segments
          label={t('command.period')}
          value={name}
          options={WINDOWS.map((value) => ({ value, text: t(`command.${value}`) }))}
          onChange={(next) => change({ window: next })}
        />
      </div>
      {view === 'rates' && <Rates period={period} by="area" />}
      {view === 'ranking' && <Rates period={period} by="unit" />}
      {view === 'volume' && <Breakdown by="day" period={period} />}
      {view === 'category' && <Breakdown by="matter" period={period} />}
      {view === 'area' && <Breakdown by="area" period={period} />}
      {view === 'frequent' && <Breakdown by="frequent" period={period} />}
      {view === 'ledger' && <Ledger />}
    </Page>
  )
}
