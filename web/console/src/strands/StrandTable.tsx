import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import { useI18n } from '@linli/web-shared/i18n'
import { Due } from '@linli/web-shared/ui'
import { CaseLink } from '../parts/CaseLink.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { Moment } from '../parts/Moment.tsx'

type Row = AnswerOf<typeof cases.listStrands>['rows'][number]

/** Strands with their cases: who asked whom, until when, and what came of it. */
export function StrandTable({ rows }: { rows: readonly Row[] }) {
  const { t, word } = useI18n()
  return (
    <DataTable
      label={t('console.screen.strands')}
      rows={rows}
      keyOf={({ case: found, strand }) => `${found.id} ${strand.key}`}
      tone={({ strand }) => (strand.overdueAt === null ? undefined : 'late')}
      columns={[
        {
          key: 'case',
          head: t('strands.case'),
          kind: 'main',
          render: ({ case: found }) => (
            <>
              <CaseLink number={found.number} />
              <span className="row-title">{found.title}</span>
            </>
          ),
        },
        { key: 'kind', head: t('strands.kind'), render: ({ strand }) => word('strand', strand.kind) },
        {
          key: 'state',
          head: t('console.state'),
          render: ({ strand }) => (
            <>
              {word('strandState', `${strand.kind}.${strand.state}`)}
              {strand.overdueAt !== null && (
                <strong className="late block">
                  {t(strand.kind === 'whistle' ? 'strands.noShow' : 'strands.ranOut')} <Moment at={strand.overdueAt} />
                </strong>
              )}
            </>
          ),
        },
        { key: 'to', head: t('strands.to'), render: ({ strand }) => strand.unitName ?? strand.unit ?? t('common.none') },
        { key: 'by', head: t('strands.by'), render: ({ strand }) => strand.byName ?? strand.by ?? t('common.none') },
        { key: 'reason', head: t('console.reason'), render: ({ strand }) => (strand.reason === null ? t('common.none') : word('reason', strand.reason)) },
        { key: 'opened', head: t('strands.opened'), render: ({ strand }) => <Moment at={strand.openedAt} /> },
        {
          key: 'due',
          head: t('strands.due'),
          render: ({ strand }) => (strand.open ? <StrandDue dueAt={strand.dueAt} /> : <Moment at={strand.endedAt} />),
        },
      ]}
    />
  )
}

function StrandDue({ dueAt }: { dueAt: string | null }) {
  const { t } = useI18n()
  return dueAt === null ? <span className="faint">{t('common.none')}</span> : <Due dueAt={dueAt} overdue={false} />
}
