import { useI18n } from '@linli/web-shared/i18n'
import { Icon, type Reported } from '@linli/web-shared/ui'

/** What the rules made of a report, and why (自动判定结果). */
export function ReportedNotice({ answer }: { answer: Reported }) {
  const { t, word, pick } = useI18n()
  return (
    <div className="reported" data-outcome={answer.outcome} role="status">
      <Icon name={answer.outcome === 'rejected' ? 'alert' : 'check'} />
      <p>
        <strong>{t('report.done', { number: answer.case.number, outcome: word('outcome', answer.outcome) })}</strong>
        <span>{pick(answer.reason)}</span>
      </p>
    </div>
  )
}
