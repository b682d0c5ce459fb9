import { agoOf, useI18n } from '../../i18n/index.ts'
import { Due } from '../Due.tsx'
import { Sign } from '../Sign.tsx'
import { isEnded, signOf } from '../signs.ts'
import { StepBar } from '../StepBar.tsx'
import { useNowEvery } from '../use-now.ts'
import type { CaseDetail } from './types.ts'

/** Where a case stands (办理状态): its state and since when, its running clock, and its place in the six steps. */
export function CaseStanding({ detail }: { detail: CaseDetail }) {
  const i18n = useI18n()
  const now = useNowEvery(10_000)
  const row = detail.case
  return (
    <div className="standing">
      <p className="standing-state">
        <Sign name={signOf(row.step, row.state)} overdue={row.overdue} size={24} />
        <strong>{i18n.word('state', row.state)}</strong>
        <Due dueAt={row.dueAt} overdue={row.overdue} />
        <span className="faint">{agoOf(i18n, now - Date.parse(row.stateAt))}</span>
        {row.track === 'hard' && <em className="badge">{i18n.t('command.hard')}</em>}
        {row.round > 1 && <em className="badge">{i18n.t('case.round', { n: row.round })}</em>}
      </p>
      <StepBar step={row.step} state={row.state} ended={isEnded(row.state)} />
    </div>
  )
}
