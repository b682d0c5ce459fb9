import { useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { Section } from '../parts/Page.tsx'
import type { OperationsState } from './types.ts'

/** What the program is made of. */
export function Modules({ modules }: { modules: OperationsState['modules'] }) {
  const { t } = useI18n()
  return (
    <Section title={t('operations.modules')}>
      <DataTable
        label={t('operations.modules')}
        rows={modules}
        keyOf={(row) => row.name}
        columns={[
          { key: 'name', head: t('console.name'), kind: 'main', cell: (row) => <code>{row.name}</code> },
          { key: 'tier', head: t('operations.tier'), cell: (row) => t(`operations.tier.${row.tier}`) },
          { key: 'endpoints', head: t('operations.endpoints'), kind: 'figure', cell: (row) => row.endpoints },
          { key: 'pumps', head: t('operations.pumps'), kind: 'figure', cell: (row) => row.pumps },
          { key: 'jobs', head: t('operations.jobs'), kind: 'figure', cell: (row) => row.jobs },
          { key: 'reactions', head: t('operations.reactions'), kind: 'figure', cell: (row) => row.reactions },
        ]}
      />
    </Section>
  )
}
