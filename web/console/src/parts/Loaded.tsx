import type { Endpoint } from '@linli/contract/endpoint'
import type { Asked, AskedPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, EmptyView, Icon, LoadingView, ProblemView } from '@linli/web-shared/ui'
import type { ReactNode } from 'react'

/** An answer in each of its states: being fetched, refused, there, and there but old because the last try failed. */
export function Loaded<T>({ asked, lines = 5, children }: { asked: Asked<T>; lines?: number; children(data: T): ReactNode }) {
  if (asked.data === undefined) return asked.problem ? <ProblemView problem={asked.problem} onRetry={asked.again} /> : <LoadingView lines={lines} />
  return (
    <>
      {asked.problem && <Old at={asked.answeredAt} onRetry={asked.again} />}
      {children(asked.data)}
    </>
  )
}

/** The same for a list that pages, with a button for what follows. */
export function LoadedPages<E extends Endpoint>({
  asked,
  empty,
  emptyAction,
  children,
}: {
  asked: AskedPages<E>
  empty: string
  emptyAction?: ReactNode
  children(rows: AskedPages<E>['rows']): ReactNode
}) {
  const { t } = useI18n()
  if (asked.first === undefined) return asked.problem ? <ProblemView problem={asked.problem} onRetry={asked.again} /> : <LoadingView lines={6} />
  return (
    <>
      {asked.problem && <Old at={asked.answeredAt} onRetry={asked.again} />}
      {asked.rows.length === 0 ? <EmptyView action={emptyAction}>{empty}</EmptyView> : children(asked.rows)}
      {asked.more && (
        <div className="more-row">
          <Button onClick={asked.loadMore} disabled={asked.loadingMore}>
            {asked.loadingMore ? t('common.loading') : t('common.more')}
          </Button>
        </div>
      )}
    </>
  )
}

function Old({ at, onRetry }: { at: number; onRetry(): void }) {
  const { t, times } = useI18n()
  return (
    <p className="old" role="alert">
      <Icon name="alert" size={16} />
      {t('console.old', { at: times.clock(at) })}
      <button type="button" className="text-button" onClick={onRetry}>
        {t('common.retry')}
      </button>
    </p>
  )
}
