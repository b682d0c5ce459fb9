import { useI18n } from '@linli/web-shared/i18n'
import type { FieldChange } from './types.ts'

/** Fields before and after, below each other so that long texts can be compared. */
export function FieldChanges({ fields }: { fields: readonly FieldChange[] }) {
  const { t } = useI18n()
  return (
    <dl className="before-after">
      {fields.map((field) => (
        <div key={field.pointer}>
          <dt>
            <code>{field.pointer}</code>
          </dt>
          <dd>
            <del aria-label={t('console.before')}>{field.before || t('common.none')}</del>
            <ins aria-label={t('console.after')}>{field.after || t('common.none')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
