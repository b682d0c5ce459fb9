import { useI18n } from '../../i18n/index.ts'
import { Part } from './parts.tsx'
import type { Entry } from './types.ts'

/** What colleagues wrote for each other (内部批示): apart from what the reporter is told, newest first. */
export function CaseNotes({ entries }: { entries: readonly Entry[] }) {
  const { t, times } = useI18n()
  const notes = entries
    .filter((entry) => entry.move === 'note')
    .map((entry) => ({ ...entry, text: (entry.payload as Readonly<Record<string, unknown>>)['note'] }))
    .toReversed()
  if (notes.length === 0) return null
  return (
    <Part title={t('notes.title')}>
      <p className="faint only-screen">{t('notes.seen')}</p>
      {notes.map((entry) => (
        <figure key={entry.seq} className="told told-inside">
          <figcaption>{[entry.personName, entry.postTitle, entry.unitName, times.full(Date.parse(entry.at))].filter(Boolean).join(' · ')}</figcaption>
          <blockquote>{typeof entry.text === 'string' ? entry.text : t('ledger.erased')}</blockquote>
        </figure>
      ))}
    </Part>
  )
}
