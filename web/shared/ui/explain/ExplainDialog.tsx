import { cases } from '@linli/contract/endpoints/cases'
import { useEffect, useRef } from 'react'
import { useAnswer, useSession } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseRow, Deadline } from '../case/types.ts'
import { Button, IconButton } from '../controls.tsx'
import { LoadingView, ProblemView } from '../states.tsx'
import { AccountTable } from './AccountTable.tsx'
import { AccountSummary } from './AccountSummary.tsx'
import './explain.css'

export interface ExplainDialogProps {
  readonly row: Pick<CaseRow, 'id' | 'number' | 'title'>
  readonly clock: Deadline
  onClose(): void
}

/** How one deadline came about (时限说明): where it began, what counts and what does not day by day, and where it ends; printable. */
export default function ExplainDialog({ row, clock, onClose }: ExplainDialogProps) {
  const { t, word } = useI18n()
  const { purpose } = useSession()
  const dialog = useRef<HTMLDialogElement>(null)
  const asked = useAnswer(cases.explainDeadlines, {
    params: { id: row.id, stage: clock.stage },
    query: { startedSeq: String(clock.startedSeq), ...(clock.strand === null ? {} : { strand: clock.strand }) },
    purpose,
  })
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const stage = word('stage', clock.stage)
  return (
    <dialog ref={dialog} className="explain" aria-labelledby="explain-title" onClose={onClose}>
      <header>
        <div>
          <h2 id="explain-title">{t('explain.title', { stage })}</h2>
          <p className="faint">{[t('explain.printedFor', { number: row.number }), row.title].join(' · ')}</p>
        </div>
        <Button className="no-print" onClick={() => globalThis.print()}>
          {t('explain.print')}
        </Button>
        <IconButton className="no-print" icon="close" label={t('common.close')} onClick={() => dialog.current?.close()} />
      </header>
      <div className="explain-body">
        {asked.problem && <ProblemView problem={asked.problem} onRetry={asked.again} />}
        {asked.loading && <LoadingView lines={8} />}
        {asked.data && (
          <>
            <AccountSummary account={asked.data} />
            <AccountTable account={asked.data} />
          </>
        )}
      </div>
    </dialog>
  )
}
