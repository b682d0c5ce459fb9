import { useI18n } from '../../i18n/index.ts'
import { StrandCard } from '../strands/StrandCard.tsx'
import { clockOfStrand } from './shown-clocks.ts'
import type { CaseDetail, Deadline, Strand } from './types.ts'
import { MoveButton } from './CaseMoves.tsx'
import { OpenMove } from './OpenMove.tsx'
import type { MoveDesk } from './use-move-desk.ts'

/** What runs beside the steps (支线), the open ones first, each with what the reader may do with it. */
export function CaseStrands({ detail, desk, onMoved, onExplain }: { detail: CaseDetail; desk: MoveDesk; onMoved(): void; onExplain(clock: Deadline): void }) {
  const { t, word } = useI18n()
  if (detail.strands.length === 0) return null
  const running = detail.strands.filter((strand) => strand.open)
  const ended = detail.strands.filter((strand) => !strand.open).toReversed()
  const card = (strand: Strand) => {
    const clock = clockOfStrand(detail.deadlines, strand.key)
    const allowed = detail.abilities.filter((ability) => ability.strand === strand.key && ability.allowed)
    return (
      <StrandCard
        key={strand.key}
        strand={strand}
        beside={
          clock && (
            <button
              type="button"
              className="text-button clock-explain"
              aria-label={t('common.pair', { name: t('explain.open'), value: [word('stage', clock.stage), strand.unitName].filter(Boolean).join(' ') })}
              onClick={() => onExplain(clock)}
            >
              {t('explain.open')}
            </button>
          )
        }
      >
        {allowed.length > 0 && (
          <div className="move-buttons">
            {allowed.map((ability) => (
              <MoveButton key={ability.move} ability={ability} desk={desk} />
            ))}
          </div>
        )}
        {desk.opened?.ability.strand === strand.key && <OpenMove detail={detail} desk={desk} onMoved={onMoved} />}
      </StrandCard>
    )
  }
  return (
    <section className="part" aria-labelledby="strands-title">
      <h3 id="strands-title">{t('strand.title')}</h3>
      <ul className="strands">{running.map(card)}</ul>
      {ended.length > 0 && (
        <details open={running.length === 0}>
          <summary>{t('strand.ended', { n: ended.length })}</summary>
          <ul className="strands">{ended.map(card)}</ul>
        </details>
      )}
    </section>
  )
}
