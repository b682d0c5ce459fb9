import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { CaseBody, CaseOnWall, CaseRoomContext, CaseStanding, IconButton, LoadingView, ProblemView } from '@linli/web-shared/ui'
import { useEffect, useRef } from 'react'
import { ReportedNotice } from '../report/ReportedNotice.tsx'
import { useReport } from '../state/report-store.ts'
import { useRoom } from '../state/room.ts'

/** One case: what was said, where it stands, what one may do, and its whole ledger (案件). */
export function CasePanel({ id }: { id: string }) {
  const { t } = useI18n()
  const room = useRoom()
  const { session, closeCase, report, wall } = room
  const reported = useReport(report, (state) => state.last)
  const cache = useCache()
  const detail = useAnswer(cases.get, { params: { id }, purpose: session.purpose })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    return () => {
      globalThis.requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-case="${id}"]`)?.focus({ preventScroll: true }))
    }
  }, [id])
  const renew = () => {
    for (const endpoint of [cases.get, cases.listEntries, cases.listSimilar, cases.list, cases.count, cases.listPins]) cache.renew(endpoint)
  }
  return (
    <aside className="panel case-panel" aria-labelledby="case-title">
      <header className="case-bar">
        <IconButton icon="back" label={t('common.back')} onClick={closeCase} />
        <span className="case-bar-number" title={t('case.number')}>
          {detail.data?.case.number}
        </span>
        <IconButton icon="link" label={t('common.copy')} onClick={() => void navigator.clipboard.writeText(globalThis.location.href).catch(() => undefined)} />
        <IconButton icon="close" label={t('common.close')} onClick={closeCase} />
      </header>
      <div className="case-scroll">
        <h2 id="case-title" ref={heading} tabIndex={-1}>
          {(wall ? detail.data && (detail.data.case.matterName ?? t('case.noMatter')) : detail.data?.case.title) ??
            t(detail.problem ? 'command.cases' : 'common.loading')}
        </h2>
        {!wall && reported?.case.id === id && <ReportedNotice answer={reported} />}
        {detail.problem &&
          (reported?.case.id === id && detail.problem.code === 'NOT_FOUND' ? (
            <p className="faint">{t('report.elsewhere')}</p>
          ) : (
            <ProblemView problem={detail.problem} onRetry={detail.again} />
          ))}
        {detail.loading && <LoadingView lines={10} />}
        {detail.data && (
          <CaseRoomContext value={room}>
            <CaseStanding detail={detail.data} />
            {wall ? <CaseOnWall detail={detail.data} onMoved={renew} /> : <CaseBody detail={detail.data} onMoved={renew} />}
          </CaseRoomContext>
        )}
      </div>
    </aside>
  )
}
