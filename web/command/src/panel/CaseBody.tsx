import { cases } from '@linli/contract/endpoints/cases'
import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Clocks, LazyExplainDialog, Ledger, LoadingView, ProblemView, WaitingFor, type CaseDetail, type Deadline } from '@linli/web-shared/ui'
import { Suspense, useState } from 'react'
import { useRoom } from '../state/room.ts'
import { CaseDuty } from './CaseDuty.tsx'
import { CaseFacts } from './CaseFacts.tsx'
import { CaseMoves } from './CaseMoves.tsx'
import { CaseReporter } from './CaseReporter.tsx'
import { CaseSame } from './CaseSame.tsx'
import { CaseStrands } from './CaseStrands.tsx'
import { Part } from './parts.tsx'
import { useDesk } from './use-desk.ts'

/** All of one case below its title, in the order in which somebody who has to act asks for it. */
export function CaseBody({ detail, onMoved }: { detail: CaseDetail; onMoved(): void }) {
  const { t } = useI18n()
  const { session, openCase } = useRoom()
  const desk = useDesk(detail, onMoved)
  const [explained, setExplained] = useState<Deadline>()
  const ledger = useAnswer(cases.listEntries, { params: { id: detail.case.id }, purpose: session.purpose })
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  const unitName = (code: string) => units.data?.rows.find((unit) => unit.code === code)?.name ?? code
  return (
    <>
      <WaitingFor detail={detail} session={session.session} onOpen={openCase} />
      <CaseMoves detail={detail} desk={desk} onMoved={onMoved} />
      <CaseStrands detail={detail} desk={desk} onMoved={onMoved} onExplain={setExplained} />
      <CaseSame detail={detail} desk={desk} />
      <CaseReporter detail={detail} entries={ledger.data?.rows ?? []} />
      <Part title={t('case.clocks')}>
        <Clocks rows={detail.deadlines} onExplain={setExplained} />
      </Part>
      <CaseFacts detail={detail} />
      <CaseDuty detail={detail} entries={ledger.data?.rows ?? []} />
      {ledger.data ? (
        <Ledger caseId={detail.case.id} rows={ledger.data.rows} intact={ledger.data.intact} purpose={session.purpose} unitName={unitName} />
      ) : ledger.problem ? (
        <ProblemView problem={ledger.problem} onRetry={ledger.again} />
      ) : (
        <LoadingView />
      )}
      {explained && (
        <Suspense fallback={null}>
          <LazyExplainDialog row={detail.case} clock={explained} onClose={() => setExplained(undefined)} />
        </Suspense>
      )}
    </>
  )
}
