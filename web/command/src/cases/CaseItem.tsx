import { agoOf, useI18n } from '@linli/web-shared/i18n'
import { Due, Sign, signOf, useNowEvery, type CaseRow } from '@linli/web-shared/ui'
import { memo } from 'react'

/** One case in the list: what kind, where, with whom, since when. What a resident said is only in the case itself. */
export const CaseItem = memo(function CaseItem({ row, fresh, onOpen }: { row: CaseRow; fresh: boolean; onOpen(id: string): void }) {
  const i18n = useI18n()
  const now = useNowEvery(10_000)
  const place = row.areaNames.slice(0, 3).join(' · ')
  return (
    <li className="case-item" data-fresh={fresh}>
      <button type="button" data-case={row.id} onClick={() => onOpen(row.id)}>
        <Sign name={signOf(row.step, row.state)} overdue={row.overdue} size={26} />
        <span className="case-what">{row.matterName ?? i18n.t('case.noMatter')}</span>
        <Due dueAt={row.dueAt} overdue={row.overdue} />
        <span className="case-where">{place || i18n.t('case.noPlace')}</span>
        <span className="case-state">
          {row.round > 1 && <em className="badge badge-late">{i18n.t('case.round', { n: row.round })}</em>}
          {row.track === 'hard' && <em className="badge">{i18n.t('command.hard')}</em>}
          {i18n.word('state', row.state)}
        </span>
        <span className="case-number">
          {row.number}
          {row.ownerName !== null && ` · ${row.ownerName}`}
          {row.joined > 0 && ` · ${i18n.t('command.joined', { n: row.joined })}`}
        </span>
        <span className="case-since">{agoOf(i18n, now - Date.parse(row.stateAt))}</span>
      </button>
    </li>
  )
})
