import type { Purpose } from '@linli/contract/permissions'
import { useState } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import { Attachments } from './Attachments.tsx'
import { factsOfEntry } from './entry-facts.ts'
import type { Entry } from './types.ts'

/** The append-only ledger of a case (流程记录), newest line first, with the sign that its hash chain holds. */
export function Ledger({
  caseId,
  rows,
  intact,
  purpose,
  unitName,
}: {
  caseId: string
  rows: readonly Entry[]
  intact: boolean
  purpose: Purpose
  unitName(code: string): string
}) {
  const { t } = useI18n()
  return (
    <section className="ledger" aria-label={t('ledger.title')}>
      <header>
        <h3>{t('ledger.title')}</h3>
        <span className={intact ? 'chain chain-intact' : 'chain chain-broken'}>
          <Icon name={intact ? 'chain' : 'alert'} size={15} />
          {t(intact ? 'ledger.intact' : 'ledger.broken')}
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="faint">{t('ledger.empty')}</p>
      ) : (
        <ol>
          {rows.toReversed().map((entry) => (
            <Line key={entry.seq} caseId={caseId} entry={entry} purpose={purpose} unitName={unitName} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** Moves that only the reporter makes, by the receipt. */
const REPORTERS: ReadonlySet<string> = new Set(['rate', 'not-fixed'])

function Line({ caseId, entry, purpose, unitName }: { caseId: string; entry: Entry; purpose: Purpose; unitName(code: string): string }) {
  const i18n = useI18n()
  const { t, word, reason, times } = i18n
  const { facts, note, reply } = factsOfEntry(i18n, entry, unitName)
  const who =
    entry.personName === null
      ? [t(entry.move === 'report' ? 'ledger.public' : REPORTERS.has(entry.move) ? 'ledger.reporter' : 'ledger.system')]
      : [entry.personName, entry.postTitle, entry.unitName].filter((part) => part !== null)
  return (
    <li data-kind={entry.kind}>
      <span className="line-mark" aria-hidden="true" />
      <div className="line-head">
        <strong>{word('move', entry.move)}</strong>
        <time dateTime={entry.at}>{times.full(Date.parse(entry.at))}</time>
      </div>
      <p className="line-who">{who.join(' · ')}</p>
      {entry.reasonCode !== null && <p className="line-reason">{reason(entry.move, entry.reasonCode)}</p>}
      {facts.length > 0 && <p className="line-facts">{facts.join(' · ')}</p>}
      {note !== null && <p className="line-note">{note}</p>}
      {reply !== null && <p className="line-note line-reply">{t('ledger.reply', { text: reply })}</p>}
      {entry.erased && <p className="faint">{t('ledger.erased')}</p>}
      <Attachments caseId={caseId} rows={entry.attachments} purpose={purpose} />
      <HashButton seq={entry.seq} hash={entry.hash} />
    </li>
  )
}

function HashButton({ seq, hash }: { seq: number; hash: string }) {
  const { t } = useI18n()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(hash).then(
      () => {
        setCopied(true)
        setTimeout(() => setCopied(false), 1_500)
      },
      () => undefined,
    )
  return (
    <button
      type="button"
      className="line-hash"
      title={`${t('ledger.copyHash')}\n${hash}`}
      aria-label={`${t('ledger.entry', { n: seq })} · ${t('ledger.copyHash')}`}
      onClick={copy}
    >
      <span>#{seq}</span>
      <code>{hash.slice(0, 10)}</code>
      {copied ? <em role="status">{t('common.copied')}</em> : <Icon name="copy" size={13} />}
    </button>
  )
}
