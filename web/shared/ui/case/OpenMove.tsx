import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import { LazyMoveForm } from '../LazyMoveForm.tsx'
import { LoadingView } from '../states.tsx'
import type { CaseDetail } from './types.ts'
import { Suspense, useEffect, useRef } from 'react'
import type { MoveDesk } from './use-move-desk.ts'

/** The form of the open move; it stays when the case moves under it, so that nothing written is lost: the server has the last word. */
export function OpenMove({ detail, desk, onMoved }: { detail: CaseDetail; desk: MoveDesk; onMoved(): void }) {
  const { t } = useI18n()
  const place = useRef<HTMLDivElement>(null)
  const { opened } = desk
  useEffect(() => {
    // A button far down the panel may open a form further up.
    if (opened) place.current?.scrollIntoView({ block: 'nearest' })
  }, [opened])
  if (!opened) return null
  return (
    <div ref={place} className="open-move">
      {detail.case.seq > opened.seq && (
        <p className="moves-stale" role="alert">
          <Icon name="alert" size={15} />
          {t('form.stale')}
        </p>
      )}
      <Suspense fallback={<LoadingView lines={3} />}>
        <LazyMoveForm
          key={`${opened.ability.move} ${opened.ability.strand ?? ''} ${opened.start?.main ?? ''}`}
          detail={detail}
          ability={opened.ability}
          start={opened.start}
          onDone={desk.done}
          onStale={onMoved}
          onCancel={desk.close}
        />
      </Suspense>
    </div>
  )
}
