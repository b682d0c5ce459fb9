import type { ReactNode } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { Due } from '../Due.tsx'
import { Icon } from '../Icon.tsx'
import type { Strand } from '../case/types.ts'

/** One thing that runs beside the steps (支线): what and with whom, how it stands, its clock and, once that ran out, the record of it. */
export function StrandCard({ strand, beside, children }: { strand: Strand; beside?: ReactNode; children?: ReactNode }) {
  const { t, word, reason, limit, times } = useI18n()
  const facts = [
    ...(strand.byName === null ? [] : [t('strand.by', { name: strand.byName })]),
    t('strand.openedAt', { at: times.full(Date.parse(strand.openedAt)) }),
    ...(strand.reason === null ? [] : [t('strand.reason', { reason: reason(beginOf(strand.kind), strand.reason) })]),
    ...(strand.limit === null
      ? []
      : [t(strand.kind === 'extension' ? 'strand.longer' : 'strand.limit', { limit: limit(strand.limit.clock, strand.limit.amount) })]),
    ...(strand.until === null ? [] : [t('strand.until', { day: strand.until })]),
  ]
  return (
    <li className="strand" data-open={strand.open}>
      <p className="strand-head">
        <Icon name={ICONS[strand.kind] ?? 'list'} size={16} />
        <strong>{word('strand', strand.kind)}</strong>
        {strand.unitName !== null && <span>{strand.unitName}</span>}
        <em className="badge">{word('strandState', `${strand.kind}.${strand.state}`)}</em>
        {strand.open && strand.dueAt !== null && <Due dueAt={strand.dueAt} overdue={strand.overdueAt !== null} />}
        {beside}
      </p>
      <p className="strand-facts">{facts.join(' · ')}</p>
      {strand.overdueAt !== null && (
        <p className="strand-late">
          <Icon name="alert" size={14} />
          {t(LATE[strand.kind] ?? 'strand.overdue')} · {times.full(Date.parse(strand.overdueAt))}
        </p>
      )}
      {children}
    </li>
  )
}

const ICONS: Readonly<Record<string, 'people' | 'whistle' | 'eye' | 'clock'>> = {
  coHandle: 'people',
  whistle: 'whistle',
  supervise: 'eye',
  extension: 'clock',
  suspension: 'clock',
  appeal: 'clock',
}
const LATE: Readonly<Record<string, 'strand.noShow' | 'strand.lateReply'>> = { whistle: 'strand.noShow', supervise: 'strand.lateReply' }
/** The move that begins a strand, whose reasons it keeps. */
const beginOf = (kind: string) => (kind === 'supervise' || kind === 'whistle' ? kind : `ask-${kind}`)
