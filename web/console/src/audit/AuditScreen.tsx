import type { AnswerOf } from '@linli/contract/endpoint'
import { platform } from '@linli/contract/endpoints/reach'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Segments } from '@linli/web-shared/ui'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { SearchLine } from '../parts/SearchLine.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'

const VIEWS = ['acts', 'reads'] as const
const OUTCOMES = ['done', 'refused', 'failed'] as const
type Query = Readonly<Record<string, string>>
type Act = AnswerOf<typeof platform.listAudit>['rows'][number]
type Read = AnswerOf<typeof platform.listReads>['rows'][number]

/** Who tried what with which outcome, and who read which personal data and why (审计与查阅记录). */
export default function AuditScreen() {
  const { t } = useI18n()
  const { query } = usePlace()
  const view = VIEWS.find((name) => name === query['view']) ?? 'acts'
  const change = (part: Record<string, string | undefined>) => go(linkTo('audit', [], { ...query, ...part }), true)
  return (
    <Page title={t(nameOf('audit'))} lead={t('audit.lead')}>
      <div className="filters">
        <Segments
          label={t('audit.view')}
          value={view}
          options={VIEWS.map((value) => ({ value, text: t(`audit.${value}`) }))}
          onChange={(next) => change({ view: next })}
        />
        {view === 'acts' && (
          <select aria-label={t('audit.outcome')} value={query['outcome'] ?? ''} onChange={(event) => change({ outcome: event.target.value })}>
            <option value="">{t('audit.anyOutcome')}</option>
            {OUTCOMES.map((value) => (
              <option key={value} value={value}>
                {t(`audit.outcome.${value}`)}
              </option>
            ))}
          </select>
        )}
        <SearchLine key={query['object'] ?? ''} label={t('audit.object')} value={query['object'] ?? ''} onSearch={(object) => change({ object })} />
      </div>
      {view === 'acts' ? <Acts query={query} onObject={(object) => change({ object })} /> : <Reads query={query} onObject={(object) => change({ object })} />}
    </Page>
  )
}

const objectOf = (query: Query) => (query['object'] === undefined || query['object'] === '' ? {} : { objectId: query['object'] })

function Acts({ query, onObject }: { query: Query; onObject(object: string): void }) {
  const { t, problem } = useI18n()
  const outcome = OUTCOMES.find((value) => value === query['outcome'])
  const asked = useAnswerPages(platform.listAudit, { query: { ...objectOf(query), ...(outcome ? { outcome } : {}), limit: '50' } })
  return (
    <LoadedPages asked={asked} empty={t('console.nothingFound')}>
      {(rows) => (
        <DataTable<Act>
          label={t('audit.acts')}
          rows={rows}
          keyOf={(row) => row.id}
          tone={(row) => (row.outcome === 'done' ? undefined : 'late')}
          columns={[
            { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
            { key: 'action', head: t('console.what'), kind: 'main', render: (row) => <code>{row.action}</code> },
            {
              key: 'outcome',
              head: t('audit.outcome'),
              render: (row) =>
                [t(`audit.outcome.${OUTCOMES.find((value) => value === row.outcome) ?? 'done'}`), row.errorCode === null ? '' : problem(row.errorCode).what]
                  .filter(Boolean)
                  .join(' · '),
            },
            { key: 'who', head: t('console.person'), render: (row) => <Who personId={row.personId} /> },
            { key: 'object', head: t('audit.on'), render: (row) => <Thing kind={row.objectKind} id={row.objectId} onObject={onObject} /> },
            { key: 'request', head: t('audit.request'), render: (row) => <code>{row.requestId.slice(0, 8)}</code> },
          ]}
        />
      )}
    </LoadedPages>
  )
}

function Reads({ query, onObject }: { query: Query; onObject(object: string): void }) {
  const { t, word } = useI18n()
  const asked = useAnswerPages(platform.listReads, { query: { ...objectOf(query), limit: '50' } })
  return (
    <LoadedPages asked={asked} empty={t('console.nothingFound')}>
      {(rows) => (
        <DataTable<Read>
          label={t('audit.reads')}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
            { key: 'endpoint', head: t('console.what'), kind: 'main', render: (row) => <code>{row.endpoint}</code> },
            { key: 'purpose', head: t('audit.purpose'), render: (row) => word('purpose', row.purpose) },
            { key: 'who', head: t('console.person'), render: (row) => <Who personId={row.personId} /> },
            { key: 'object', head: t('audit.on'), render: (row) => <Thing kind={row.objectKind} id={row.objectId} onObject={onObject} /> },
            { key: 'rows', head: t('audit.rows'), kind: 'figure', render: (row) => row.rows },
          ]}
        />
      )}
    </LoadedPages>
  )
}

/** A person by the key that the trail keeps; whoever may see accounts can open it. */
function Who({ personId }: { personId: string | null }) {
  const { t } = useI18n()
  const { session } = useDesk()
  if (personId === null) return <span className="faint">{t('audit.nobody')}</span>
  const short = personId.slice(-8)
  return session.may('people.read') ? <a href={linkTo('people', [personId])}>{short}</a> : <code title={personId}>{short}</code>
}

function Thing({ kind, id, onObject }: { kind: string | null; id: string | null; onObject(object: string): void }) {
  const { t } = useI18n()
  if (id === null) return <span className="faint">{t('common.none')}</span>
  return (
    <button type="button" className="text-button" title={t('audit.only', { id })} onClick={() => onObject(id)}>
      {[kind, id.length > 12 ? `…${id.slice(-8)}` : id].filter(Boolean).join(' ')}
    </button>
  )
}
