import { useI18n } from '@linli/web-shared/i18n'
import { Icon, IconButton, type Reported } from '@linli/web-shared/ui'
import { writeRoute } from '../state/route.ts'

/** What the rules made of a report, and why (自动判定结果), with the receipt by which its reporter follows it: it is shown this once. */
export function ReportedNotice({ answer }: { answer: Reported }) {
  const { t, word, pick } = useI18n()
  const link = writeRoute({ kind: 'track', receipt: answer.receipt })
  return (
    <div className="reported" data-outcome={answer.outcome} role="status">
      <Icon name={answer.outcome === 'rejected' ? 'alert' : 'check'} />
      <div>
        <strong>{t('report.done', { number: answer.case.number, outcome: word('outcome', answer.outcome) })}</strong>
        <span>{pick(answer.reason)}</span>
        <p className="reported-receipt">
          <span>{t('report.receipt')}</span>
          <code>{answer.receipt}</code>
          <IconButton icon="copy" label={t('common.copy')} onClick={() => void navigator.clipboard.writeText(answer.receipt).catch(() => undefined)} />
        </p>
        <p className="faint">{t('follow.kept')}</p>
        <a href={link} target="_blank" rel="noreferrer">
          {t('follow.link')}
        </a>
      </div>
    </div>
  )
}
