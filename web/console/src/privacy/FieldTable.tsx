import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { DataTable } from '../parts/DataTable.tsx'
import type { Dataset } from './types.ts'

/** The fields of a dataset, each with what kind of data it is, and whether it leaves masked. */
export function FieldTable({
  fields,
  chosen,
  unmasked,
  onChosen,
  onUnmasked,
}: {
  fields: Dataset['fields']
  chosen: readonly string[]
  unmasked: readonly string[]
  onChosen(fields: readonly string[]): void
  onUnmasked(fields: readonly string[]): void
}) {
  const { t, pick, word } = useI18n()
  const toggle = (list: readonly string[], field: string, on: boolean) => (on ? [...list, field] : list.filter((one) => one !== field))
  return (
    <>
      <div className="row-acts">
        <Button onClick={() => onChosen(fields.filter((field) => field.kind === null).map(({ field }) => field))}>{t('privacy.chooseNotPersonal')}</Button>
        <Button tone="quiet" onClick={() => onChosen([])}>
          {t('command.clear')}
        </Button>
      </div>
      <DataTable
        label={t('privacy.fields')}
        rows={fields}
        keyOf={(row) => row.field}
        columns={[
          {
            key: 'field',
            head: t('privacy.field'),
            kind: 'main',
            render: (row) => (
              <label className="inline-tick">
                <input type="checkbox" checked={chosen.includes(row.field)} onChange={(event) => onChosen(toggle(chosen, row.field, event.target.checked))} />
                {pick(row)}
              </label>
            ),
          },
          { key: 'kind', head: t('privacy.dataKind'), render: (row) => (row.kind === null ? t('privacy.notPersonal') : word('dataKind', row.kind)) },
          { key: 'mask', head: t('privacy.mask'), render: (row) => (row.kind === null ? t('common.none') : word('mask', row.mask)) },
          {
            key: 'unmask',
            head: t('privacy.unmasked'),
            render: (row) =>
              row.kind !== null &&
              row.mayUnmask && (
                <label className="inline-tick">
                  <input
                    type="checkbox"
                    disabled={!chosen.includes(row.field)}
                    checked={unmasked.includes(row.field)}
                    onChange={(event) => onUnmasked(toggle(unmasked, row.field, event.target.checked))}
                  />
                  {t('privacy.unmask')}
                </label>
              ),
          },
        ]}
      />
    </>
  )
}
