import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer, useAnswerPages } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Button, EmptyView, LoadingView, ProblemView } from '@linli/web-shared/ui'
import { useRef } from 'react'
import { isFiltered, NO_FILTERS, queryOf } from '../state/filters.ts'
import { useRoom } from '../state/room.ts'
import { useKeys } from '@linli/web-shared/ui'
import { CaseFilters } from './CaseFilters.tsx'
import { CaseItem } from './CaseItem.tsx'

/** The live list of cases (案件列表), newest first, a page at a time. */
export function CaseList({ hiddenBehindCase }: { hiddenBehindCase: boolean }) {
  const { t, language } = useI18n()
  const { filters, filter, session, live, openCase } = useRoom()
  const list = useRef<HTMLOListElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const query = queryOf(filters)
  const asked = useAnswerPages(cases.list, { query: { ...query, limit: '50' }, purpose: session.purpose }, { keep: true })
  const counted = useAnswer(cases.count, { query }, { keep: true })
  const step = (by: number) => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-case]') ?? [])]
    const at = items.findIndex((item) => item === document.activeElement)
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({ j: () => step(1), k: () => step(-1), '/': () => search.current?.focus() })
  return (
    <section className="panel cases" id="cases" tabIndex={-1} aria-labelledby="cases-title" data-behind={hiddenBehindCase}>
      <header className="panel-head">
        <h2 id="cases-title">{t('command.cases')}</h2>
        {counted.data !== undefined && (
          <p className="faint" aria-live="off">
            {t('command.total', { n: countOf(language, counted.data.count) })}
          </p>
        )}
      </header>
      <CaseFilters search={search} />
      <div className="cases-scroll">
        {asked.problem && asked.rows.length === 0 && <ProblemView problem={asked.problem} onRetry={asked.again} />}
        {asked.loading && <LoadingView lines={8} />}
        {!asked.loading && !asked.problem && asked.rows.length === 0 && (
          <EmptyView action={isFiltered(filters) && <Button onClick={() => filter(NO_FILTERS)}>{t('command.clear')}</Button>}>
            {t(isFiltered(filters) ? 'command.noCases' : 'command.noCasesYet')}
          </EmptyView>
        )}
        <ol ref={list} className="case-items">
          {asked.rows.map((row) => (
            <CaseItem key={row.id} row={row} fresh={live.fresh.has(row.id)} onOpen={openCase} />
          ))}
        </ol>
        {asked.more && (
          <Button className="load-more" disabled={asked.loadingMore} onClick={asked.loadMore}>
            {asked.loadingMore ? t('common.loading') : t('common.more')}
          </Button>
        )}
      </div>
    </section>
  )
}
