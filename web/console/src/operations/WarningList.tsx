import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { Section } from '../parts/Page.tsx'
import type { OperationsState } from './types.ts'

const ORDER = ['critical', 'warning', 'notice'] as const

/** What needs somebody, the worst first, each with what to do about it. */
export function WarningList({ warnings }: { warnings: OperationsState['warnings'] }) {
  const { t, pick, times } = useI18n()
  if (warnings.length === 0)
    return (
      <p className="all-well" role="status">
        <Icon name="check" />
        {t('operations.allWell')}
      </p>
    )
  const sorted = [...warnings].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level))
  return (
    <Section title={t('operations.warnings', { n: warnings.length })}>
      <ul className="warnings">
        {sorted.map((warning) => (
          <li key={`${warning.code} ${warning.subject}`} data-level={warning.level}>
            <span className="warning-level">
              <Icon name="alert" size={16} />
              {t(`operations.level.${warning.level}`)}
            </span>
            <div>
              <strong>
                {pick(warning)}
                {warning.subject !== null && <code> {warning.subject}</code>}
              </strong>
              <p>
                <b>{t('operations.todo')}</b> {pick({ zh: warning.doZh, en: warning.doEn })}
              </p>
            </div>
            <time dateTime={warning.asOf}>{times.clock(Date.parse(warning.asOf))}</time>
          </li>
        ))}
      </ul>
    </Section>
  )
}
