import type { ReactNode } from 'react'
import type { ApiProblem } from '../api/index.ts'
import { useI18n } from '../i18n/index.ts'
import { Button } from './controls.tsx'
import { Icon } from './Icon.tsx'

/** Nothing is there, said in words. */
export function EmptyView({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="view view-empty">
      <p>{children}</p>
      {action}
    </div>
  )
}

/** Grey lines where words will be. */
export function LoadingView({ lines = 4 }: { lines?: number }) {
  const { t } = useI18n()
  return (
    <div className="view-loading" role="status">
      <span className="unseen">{t('common.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} style={{ width: `${[92, 64, 80, 48][index % 4]}%` }} />
      ))}
    </div>
  )
}

/** The line is cut: how old what is shown is, and that it comes back by itself. */
export function OfflineView({ since }: { since: string | undefined }) {
  const { t } = useI18n()
  return (
    <div className="view view-offline" role="status">
      <Icon name="cut" />
      <div>
        <strong>{t('state.offline')}</strong>
        <p>{since === undefined ? t('state.offlineNothing') : t('state.offlineSince', { at: since })}</p>
      </div>
    </div>
  )
}

/** What went wrong and what to do about it, in the catalogue's words. */
export function ProblemView({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const i18n = useI18n()
  const words = i18n.problem(problem.code)
  return (
    <div className="view view-problem" role="alert">
      <Icon name="alert" />
      <div>
        <strong>{words.what}</strong>
        <p>{words.todo}</p>
        {problem.requestId !== null && problem.status >= 500 && <p className="faint">{i18n.t('problem.request', { id: problem.requestId })}</p>}
        {onRetry && (
          <Button tone="quiet" onClick={onRetry}>
            {i18n.t('common.retry')}
          </Button>
        )}
      </div>
    </div>
  )
}
