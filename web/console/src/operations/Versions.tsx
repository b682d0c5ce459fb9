import { useI18n } from '@linli/web-shared/i18n'
import { Moment } from '../parts/Moment.tsx'
import { AsOf, Facts, Section } from '../parts/Page.tsx'
import type { OperationsState } from './types.ts'

/** Which program, database, city and rules run here, and the migrations that made the tables. */
export function Versions({ state: { versions, migrations, startedAt } }: { state: OperationsState }) {
  const { t } = useI18n()
  return (
    <Section title={t('operations.versions')} note={<AsOf at={migrations.asOf} />}>
      <Facts
        rows={[
          [t('operations.program'), versions.program],
          ['Node', versions.node],
          [t('operations.database'), versions.database],
          [t('operations.city'), versions.city],
          [t('operations.edition'), versions.edition],
          [t('operations.ledgerAlg'), versions.ledgerAlg],
          [t('operations.startedAt'), <Moment key="at" at={startedAt} />],
          [
            t('operations.migrations'),
            migrations.pending.length === 0
              ? t('operations.migrationsDone', { n: migrations.applied.length })
              : t('operations.migrationsPending', { n: migrations.pending.length }),
          ],
        ]}
      />
      {migrations.pending.length > 0 && (
        <ul className="plain-list late">
          {migrations.pending.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t('operations.migrationList', { n: migrations.applied.length })}</summary>
        <ul className="plain-list">
          {migrations.applied.toReversed().map((row) => (
            <li key={`${row.module}/${row.name}`}>
              <code>
                {row.module}/{row.name}
              </code>{' '}
              <Moment at={row.appliedAt} />
            </li>
          ))}
        </ul>
      </details>
    </Section>
  )
}
