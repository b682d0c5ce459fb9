import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Button, Due, EmptyView, LoadingView, ProblemView, Segments, Sign, signOf, type CaseRow } from '@linli/web-shared/ui'
import { useState } from 'react'
import { NO_FILTERS } from '../state/filters.ts'
import { useRoom } from '../state/room.ts'

const TABS = ['late', 'supervised', 'mine'] as const
type DutyTab = (typeof TABS)[number]
const SHOWN = '20'
const RENEW_MS = 30_000

/** What the duty officer has to see to (值班清单): cases that are late, that stand under a supervise order, and that wait for this very post. */
export function DutyList({ onAll }: { onAll(): void }) {
  const { t, language } = useI18n()
  const { session, openCase, filter } = useRoom()
  const [tab, setTab] = useState<DutyTab>('late')
  const narrowed = tab === 'mine' ? { mine: 'true' as const } : { overdue: 'true' as const }
  const listed = useAnswer(
    cases.list,
    { query: { ...narrowed, limit: SHOWN }, purpose: session.purpose },
    { enabled: tab !== 'supervised', keep: true, everyMs: RENEW_MS },
  )
  const strands = useAnswer(
    cases.listStrands,
    { query: { kind: 'supervise', open: 'true', limit: SHOWN }, purpose: session.purpose },
    { enabled: tab === 'supervised', keep: true, everyMs: RENEW_MS },
  )
  const counted = useAnswer(cases.count, { query: narrowed }, { enabled: tab !== 'supervised', keep: true })
  const asked = tab === 'supervised' ? strands : listed
  const rows: readonly CaseRow[] | undefined = tab === 'supervised' ? strands.data?.rows.map((row) => row.case) : listed.data?.rows
  return (
    <section className="panel wall-duty" id="wall-duty" tabIndex={-1} aria-labelledby="wall-duty-title">
      <header className="panel-head">
        <h2 id="wall-duty-title">{t('wall.duty')}</h2>
        <Segments<DutyTab> label={t('wall.duty')} value={tab} options={TABS.map((value) => ({ value, text: t(`wall.duty.${value}`) }))} onChange={setTab} />
      </header>
      {asked.problem && !rows && <ProblemView problem={asked.problem} onRetry={asked.again} />}
      {asked.loading && <LoadingView lines={6} />}
      {rows?.length === 0 && <EmptyView>{t(`wall.duty.none.${tab}`)}</EmptyView>}
      <ol className="wall-rows">
        {rows?.map((row) => (
          <li key={row.id}>
            <button type="button" data-case={row.id} onClick={() => openCase(row.id)}>
              <Sign name={signOf(row.step, row.state)} overdue={row.overdue} size={28} />
              <strong>{row.matterName ?? t('case.noMatter')}</strong>
              <Due dueAt={row.dueAt} overdue={row.overdue} />
              <span>{[row.areaNames.slice(0, 2).join(' · '), row.ownerName ?? t('case.noOwner')].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ol>
      {tab !== 'supervised' && counted.data !== undefined && counted.data.count > (rows?.length ?? 0) && (
        <Button
          className="load-more"
          onClick={() => {
            filter({ ...NO_FILTERS, overdue: tab === 'late', mine: tab === 'mine' })
            onAll()
          }}
        >
          {t('wall.duty.all', { n: countOf(language, counted.data.count) })}
        </Button>
      )}
    </section>
  )
}
