import type { Purpose } from '@linli/contract/permissions'
import { useState } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { Segments } from '../controls.tsx'
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
  const [shown, setShown] = useState<Shown>('all')
  const kept = rows.filter((entry) => fits(shown, entry))
  return (
    <section className="ledger" aria-label={t('ledger.title')}>
      <header>
        <h3>{t('ledger.title')}</h3>
        <span className={intact ? 'chain chain-intact' : 'chain chain-broken'}>
          <Icon name={intact ? 'chain' : 'alert'} size={15} />
          {t(intact ? 'ledger.intact' : 'ledger.broken')}
        </span>
      </header>
      {rows.length > FEW && (
        <div className="ledger-filter">
          <Segments<Shown>
            label={t('ledger.filter')}
            value={shown}
            options={SHOWN.map((value) => ({ value, text: t(`ledger.show.${value}`) }))}
            onChange={setShown}
          />
        </div>
      )}
      {kept.length === 0 ? (
        <p className="faint">{t(rows.length === 0 ? 'ledger.empty' : 'ledger.none')}</p>
      ) : (
        <ol>
          {kept.toReversed().map((entry) => (
            <Line key={entry.seq} caseId={caseId} entry={entry} purpose={purpose} unitName={unitName} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** So many lines are looked over at once. */
const FEW = 6
const SHOWN = ['all', 'steps', 'words', 'clocks'] as const
type Shown = (typeof SHOWN)[number]

/** Steps and send-backs, what somebody wrote for others to read, or what the program did by itself. */
function fits(shown: Shown, entry: Entry): boolean {
  const words = entry.payload as Readonly<Record<string, unknown>>
  if (shown === 'steps') return entry.kind !== 'note'
  if (shown === 'words') return typeof words['note'] === 'string' || typeof words['publicReply'] === 'string'
  return shown === 'all' || (entry.personName === null && !REPORTERS.has(entry.move) && entry.move !== 'report')
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
