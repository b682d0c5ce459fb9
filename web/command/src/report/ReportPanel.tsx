import { cases } from '@linli/contract/endpoints/cases'
import { places } from '@linli/contract/endpoints/places'
import { useAnswer, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { IconButton, LazyReportForm, LoadingView, type ReportDraft, type Reported } from '@linli/web-shared/ui'
import { Suspense, useEffect, useRef } from 'react'
import { areasOf, locateQuery } from '../map/areas-of.ts'
import { useReport } from '../state/report-store.ts'
import { useRoom } from '../state/room.ts'
import { ReportedNotice } from './ReportedNotice.tsx'

/** The panel in which a report is written; closing it keeps what was written. */
export function ReportPanel() {
  const { t } = useI18n()
  const { report } = useRoom()
  const draft = useReport(report, (state) => state.draft)
  const last = useReport(report, (state) => state.last)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    return () => {
      globalThis.requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-report]')?.focus({ preventScroll: true }))
    }
  }, [])
  return (
    <aside className="panel case-panel" aria-labelledby="report-title">
      <header className="case-bar">
        <IconButton icon="back" label={t('common.back')} onClick={report.close} />
        <span className="case-bar-number" />
        <IconButton icon="close" label={t('common.close')} onClick={report.close} />
      </header>
      <div className="case-scroll">
        <h2 id="report-title" ref={heading} tabIndex={-1}>
          {t('report.title')}
        </h2>
        {draft ? <Writing draft={draft} /> : last && <ReportedNotice answer={last} />}
      </div>
    </aside>
  )
}

function Writing({ draft }: { draft: ReportDraft }) {
  const { t } = useI18n()
  const { report, session, compact, openCase } = useRoom()
  const cache = useCache()
  const { spot } = draft
  const { data } = useAnswer(places.locate, { query: locateQuery(spot) })
  const place = [...areasOf(data).map((area) => area.name), t('command.lonLat', { lon: spot.lon.toFixed(5), lat: spot.lat.toFixed(5) })].join(' · ')
  const tell = (answer: Reported) => {
    const mayRead = session.may('cases.read')
    report.sent(answer, !mayRead)
    for (const endpoint of [cases.list, cases.count, cases.listPins]) cache.renew(endpoint)
    if (mayRead) openCase(answer.case.id)
  }
  return (
    <Suspense fallback={<LoadingView lines={8} />}>
      <LazyReportForm
        draft={draft}
        place={place}
        placeHint={compact ? undefined : t('report.placeHint')}
        onDraft={report.change}
        onReported={tell}
        onClear={report.discard}
      />
    </Suspense>
  )
}
