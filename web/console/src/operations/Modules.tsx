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
          { key: 'name', head: t('console.name'), kind: 'main', render: (row) => <code>{row.name}</code> },
          { key: 'tier', head: t('operations.tier'), render: (row) => t(`operations.tier.${row.tier}`) },
          { key: 'endpoints', head: t('operations.endpoints'), kind: 'figure', render: (row) => row.endpoints },
          { key: 'pumps', head: t('operations.pumps'), kind: 'figure', render: (row) => row.pumps },
          { key: 'jobs', head: t('operations.jobs'), kind: 'figure', render: (row) => row.jobs },
          { key: 'reactions', head: t('operations.reactions'), kind: 'figure', render: (row) => row.reactions },
        ]}
      />
    </Section>
  )
}
