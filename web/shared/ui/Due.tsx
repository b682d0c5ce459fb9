import { leftOf, useI18n } from '../i18n/index.ts'
import { Icon } from './Icon.tsx'
import { useNow } from './use-now.ts'

/** What is left of a running clock; lateness has a sign and a word, not only a colour. */
export function Due({ dueAt, overdue }: { dueAt: string | null; overdue: boolean }) {
  const i18n = useI18n()
  const now = useNow()
  if (dueAt === null)
    return overdue ? (
      <span className="due due-late">
        <Icon name="alert" size={13} />
        {i18n.t('case.overdue')}
      </span>
    ) : null
  const left = leftOf(i18n, Date.parse(dueAt), now)
  return (
    <span className={`due ${left.late || overdue ? 'due-late' : ''}`} title={i18n.t('case.dueAt', { at: i18n.times.full(Date.parse(dueAt)) })}>
      {(left.late || overdue) && <Icon name="alert" size={13} />}
      {left.text}
    </span>
  )
}
