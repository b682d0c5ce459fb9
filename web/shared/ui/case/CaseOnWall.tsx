import { useState, Suspense } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { LazyExplainDialog } from '../LazyExplainDialog.tsx'
import { WaitingFor } from '../strands/WaitingFor.tsx'
import { CaseMoves } from './CaseMoves.tsx'
import { CaseStrands } from './CaseStrands.tsx'
import { useCaseRoom } from './case-room.ts'
import { Clocks } from './Clocks.tsx'
import { Facts, Part } from './parts.tsx'
import { placeText } from './place.ts'
import type { CaseDetail, Deadline } from './types.ts'
import { useMoveDesk } from './use-move-desk.ts'

/** One case where everybody in the room can read it (大屏案件): what, where, with whom, its clocks and what one may do; no words of anybody and no reporter. */
export function CaseOnWall({ detail, onMoved }: { detail: CaseDetail; onMoved(): void }) {
  const { t, word, times } = useI18n()
  const { session, openCase } = useCaseRoom()
  const desk = useMoveDesk(detail, onMoved)
  const [explained, setExplained] = useState<Deadline>()
  const row = detail.case
  return (
    <div className="case-parts">
      <WaitingFor detail={detail} session={session.session} onOpen={openCase} />
      <CaseMoves detail={detail} desk={desk} onMoved={onMoved} />
      <CaseStrands detail={detail} desk={desk} onMoved={onMoved} onExplain={setExplained} />
      <Part title={t('case.clocks')}>
        <Clocks rows={detail.deadlines} onExplain={setExplained} />
      </Part>
      <Part title={t('case.matter')}>
        <Facts
          rows={[
            [t('case.place'), placeText(row.areaNames) || t('case.noPlace')],
            [t('duty.lead'), row.ownerName ?? t('case.noOwner')],
            [t('case.channel'), word('channel', row.channel)],
            [t('case.openedAt'), times.full(Date.parse(row.openedAt))],
            ...(detail.condition ? [[t('case.closingCondition'), detail.condition.closing] as const] : []),
          ]}
        />
      </Part>
      <p className="faint">{t('wall.noWords')}</p>
      {explained && (
        <Suspense fallback={null}>
          <LazyExplainDialog row={row} clock={explained} onClose={() => setExplained(undefined)} />
        </Suspense>
      )}
    </div>
  )
}
