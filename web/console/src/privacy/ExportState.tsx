import { useI18n } from '@linli/web-shared/i18n'
import type { ExportView } from './types.ts'

/** How far an export has come, and the mark of one above the city's threshold. */
export function ExportState({ row }: { row: ExportView }) {
  const { t } = useI18n()
  return (
    <>
      <span className={row.state === 'ready' ? 'good' : row.state === 'refused' || row.state === 'failed' ? 'late' : undefined}>
        {t(`privacy.state.${row.state}`)}
      </span>
      {row.alert && <strong className="late block">{t('privacy.alert', { n: row.alertThreshold })}</strong>}
      {row.decisionNote !== null && <small className="faint block">{row.decisionNote}</small>}
    </>
  )
}
