import { cases } from '@linli/contract/endpoints/cases'
import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { LazyExplainDialog } from '../LazyExplainDialog.tsx'
import { WaitingFor } from '../strands/WaitingFor.tsx'
import { LoadingView, ProblemView } from '../states.tsx'
import { Suspense, useState, type ReactNode } from 'react'
import { CaseDuty } from './CaseDuty.tsx'
import { CaseFacts } from './CaseFacts.tsx'
import { CaseMoves } from './CaseMoves.tsx'
import { CaseNotes } from './CaseNotes.tsx'
import { useCaseRoom } from './case-room.ts'
import { CaseReporter } from './CaseReporter.tsx'
import { CaseSame } from './CaseSame.tsx'
import { CaseStrands } from './CaseStrands.tsx'
import { Clocks } from './Clocks.tsx'
import { Ledger } from './Ledger.tsx'
import { Part } from './parts.tsx'
import type { CaseDetail, Deadline } from './types.ts'
import { useMoveDesk } from './use-move-desk.ts'

/**
 * All of one case below its title, in the order in which somebody who has to act asks for it. In a column what is to be done stands first;
 * on a wide page the report stands first, what is to be done beside it, and the record below.
 */
export function CaseBody({ detail, onMoved, wide = false, place }: { detail: CaseDetail; onMoved(): void; wide?: boolean; place?: ReactNode }) {
  const { t } = useI18n()
  const { session, openCase } = useCaseRoom()
  const desk = useMoveDesk(detail, onMoved)
  const [explained, setExplained] = useState<Deadline>()
  const ledger = useAnswer(cases.listEntries, { params: { id: detail.case.id }, purpose: session.purpose })
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  const unitName = (code: string) => units.data?.rows.find((unit) => unit.code === code)?.name ?? code
  const entries = ledger.data?.rows ?? []
  const act = (
    <div className="case-act">
      <WaitingFor detail={detail} session={session.session} onOpen={openCase} />
      <CaseMoves detail={detail} desk={desk} onMoved={onMoved} />
      <CaseStrands detail={detail} desk={desk} onMoved={onMoved} onExplain={setExplained} />
      <Part title={t('case.clocks')}>
        <Clocks rows={detail.deadlines} onExplain={setExplained} />
      </Part>
      <CaseDuty detail={detail} entries={entries} />
    </div>
  )
  const story = (
    <div className="case-story">
      <CaseFacts detail={detail} />
      {place}
    </div>
  )
  return (
    <div className="case-parts" data-wide={wide}>
      {!wide && act}
      {story}
      {wide && act}
      <div className="case-record">
        <CaseSame detail={detail} desk={desk} />
        <CaseReporter detail={detail} entries={entries} />
        <CaseNotes entries={entries} />
        {ledger.data ? (
          <Ledger caseId={detail.case.id} rows={ledger.data.rows} intact={ledger.data.intact} purpose={session.purpose} unitName={unitName} />
        ) : ledger.problem ? (
          <ProblemView problem={ledger.problem} onRetry={ledger.again} />
        ) : (
          <LoadingView />
        )}
      </div>
      {explained && (
        <Suspense fallback={null}>
          <LazyExplainDialog row={detail.case} clock={explained} onClose={() => setExplained(undefined)} />
        </Suspense>
      )}
    </div>
  )
}
