import { useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { FieldChanges } from './FieldChanges.tsx'
import { keyOfRow, type RowChoices } from './migration.ts'
import type { PreviewRow } from './types.ts'

/** One matter whose cases may move: how each condition row continues, and which row to take where none does. */
export function MigrationMatter({
  row,
  chosen,
  rowChoices,
  onChosen,
  onRow,
}: {
  row: PreviewRow
  chosen: boolean
  rowChoices: RowChoices
  onChosen(on: boolean): void
  onRow(key: string, to: number): void
}) {
  const { t } = useI18n()
  const targets = [...new Set(row.conditions.flatMap((condition) => (condition.to === null ? [] : [condition.to])))].sort((a, b) => a - b)
  return (
    <section className="matter" data-how={row.how}>
      <header>
        <label className="inline-tick">
          <input type="checkbox" checked={chosen} disabled={row.how === 'removed'} onChange={(event) => onChosen(event.target.checked)} />
          <strong>{row.matterName}</strong>
        </label>
        <span>
          {t('rules.fromEdition', { n: row.fromEdition })} · {t('rules.openCases', { n: row.openCases })}
          {row.unfiled > 0 && ` · ${t('rules.unfiled', { n: row.unfiled })}`}
        </span>
        <em className="badge">{t(`rules.how.${row.how}`)}</em>
      </header>
      {row.how === 'removed' && <p className="late">{t('rules.matterGone')}</p>}
      {row.conditions.length > 0 && (
        <DataTable
          label={row.matterName}
          rows={row.conditions}
          keyOf={(condition) => String(condition.from)}
          tone={(condition) => (condition.to === null && condition.openCases > 0 ? 'late' : undefined)}
          columns={[
            { key: 'from', head: t('rules.row'), kind: 'main', render: (condition) => t('rules.rowN', { n: condition.from }) },
            { key: 'filing', head: t('case.filingCondition'), render: (condition) => condition.filing },
            { key: 'cases', head: t('rules.cases'), kind: 'figure', render: (condition) => condition.openCases },
            { key: 'limit', head: t('case.limit'), render: (condition) => `${condition.limitBefore} → ${condition.limitAfter ?? t('common.none')}` },
            { key: 'how', head: t('rules.how'), render: (condition) => t(`rules.how.${condition.how}`) },
            {
              key: 'to',
              head: t('rules.toRow'),
              render: (condition) => {
                const key = `${keyOfRow(row)} ${condition.from}`
                const to = rowChoices[key] ?? condition.to
                return targets.length === 0 ? (
                  t('rules.stays')
                ) : (
                  <select aria-label={t('rules.toRow')} value={to ?? ''} onChange={(event) => onRow(key, Number(event.target.value))}>
                    {to === null && <option value="">{t('rules.stays')}</option>}
                    {targets.map((target) => (
                      <option key={target} value={target}>
                        {t('rules.rowN', { n: target })}
                      </option>
                    ))}
                  </select>
                )
              },
            },
          ]}
        />
      )}
      {row.fields.length > 0 && (
        <details>
          <summary>{t('rules.fieldsChanged', { n: row.fields.length })}</summary>
          <FieldChanges fields={row.fields} />
        </details>
      )}
    </section>
  )
}
