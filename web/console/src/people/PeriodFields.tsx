import { useI18n } from '@linli/web-shared/i18n'
import { LineField } from '../parts/fields.tsx'
import { instantOf } from '../when.ts'

/** From when and until when; at once and without end where nothing is said. */
export function PeriodFields({ untilRequired = false }: { untilRequired?: boolean }) {
  const { t } = useI18n()
  return (
    <div className="pair">
      <LineField name="fromAt" type="datetime-local" label={t('console.from')} hint={t('console.fromHint')} />
      <LineField name="toAt" type="datetime-local" label={t('console.until')} required={untilRequired} />
    </div>
  )
}

/** The period as the API wants it; what was left empty is left out. */
export function periodOf(data: FormData, timeZone: string): { fromAt?: string; toAt?: string } {
  const fromAt = instantOf(String(data.get('fromAt') ?? ''), timeZone)
  const toAt = instantOf(String(data.get('toAt') ?? ''), timeZone)
  return { ...(fromAt === undefined ? {} : { fromAt }), ...(toAt === undefined ? {} : { toAt }) }
}
