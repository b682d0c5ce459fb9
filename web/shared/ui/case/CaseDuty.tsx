import { useI18n } from '../../i18n/index.ts'
import { citedIn } from './entry-facts.ts'
import type { CaseDetail, Entry } from './types.ts'
import { Facts, Part, type Fact } from './parts.tsx'

/** Who answers for a case (责任): lead and co-handlers, who received it first, how it went up, which track it takes and by which rule. */
export function CaseDuty({ detail, entries }: { detail: CaseDetail; entries: readonly Entry[] }) {
  const { t, word, pick, reason, language } = useI18n()
  const { case: row, advice, firstReceiver, escalations, raised, track } = detail
  const and = language === 'en' ? ', ' : '、'
  const helpers = detail.strands.filter((strand) => strand.kind === 'coHandle' && strand.state !== 'released' && strand.state !== 'declined')
  const rows: Fact[] = [
    [t('duty.lead'), row.ownerName ?? t('case.noOwner')],
    ...(helpers.length === 0 ? [] : [fact(t('duty.coHandlers'), helpers.map((strand) => strand.unitName ?? '').join(and))]),
    ...(advice && advice.owner !== row.owner ? [fact(t('case.advice'), advice.ownerName)] : []),
    ...(firstReceiver && firstReceiver.code !== row.owner
      ? [fact(t('duty.first'), t('common.pair', { name: firstReceiver.name, value: t('duty.firstHint') }))]
      : []),
    ...(escalations.length === 0 ? [] : [fact(t('duty.escalated'), [escalations[0]?.fromName ?? '', ...escalations.map((step) => step.toName)].join(' → '))]),
    ...(raised ? [fact(t('duty.raised'), t('duty.raisedTo', { name: raised.toName, level: raised.level }))] : []),
    ...(row.state === 'disputed' ? [fact(t('duty.dispute'), disputeText())] : detail.ruled ? [fact(t('duty.dispute'), t('duty.ruled'))] : []),
    ...(track ? [fact(t('duty.track'), `${word('track', track.name)} · ${ruleText(track.rule)}`)] : []),
  ]
  return (
    <Part title={t('duty.title')}>
      <Facts rows={rows} />
      {advice && <p className="rule-line">{pick(advice)}</p>}
    </Part>
  )

  /** What the unit says and which line it leans on: whoever rules has to weigh both. */
  function disputeText(): string {
    const refusal = entries.findLast((entry) => entry.move === 'refuse')
    const line = refusal && citedIn(refusal.payload)
    return [
      t('duty.disputed'),
      ...(typeof refusal?.reasonCode === 'string' ? [reason('refuse', refusal.reasonCode)] : []),
      ...(line ? [t('ledger.cites', { line })] : []),
    ].join(' · ')
  }

  function ruleText(rule: string): string {
    if (rule === 'none') return t('duty.trackDefault')
    return rule.startsWith('person:') ? t('duty.trackByPerson', { reason: reason('set-track', rule.slice('person:'.length)) }) : t('duty.trackRule', { rule })
  }
}

const fact = (name: string, value: string): Fact => [name, value]
