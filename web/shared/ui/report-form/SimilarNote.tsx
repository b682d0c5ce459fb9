import { useI18n } from '../../i18n/index.ts'
import type { ReportDraft } from './draft.ts'
import { useSimilar } from './use-similar.ts'

/** What was reported near here in the last days and may be the same (附近相似上报); it informs and never holds up. */
export function SimilarNote({ draft }: { draft: Pick<ReportDraft, 'spot' | 'text' | 'matter'> }) {
  const { t, word } = useI18n()
  const rows = useSimilar(draft)
  return (
    <div role="status" className="similar-note" hidden={rows.length === 0}>
      {rows.length > 0 && (
        <>
          <strong>{t('report.similar', { n: rows.length })}</strong>
          <ul>
            {rows.map((row) => (
              <li key={row.number}>
                <span>
                  {row.matterName ?? t('case.noMatter')} · {word('step', row.step)}
                </span>
                <small>{t('report.similarRow', { metres: row.metres, day: row.openedOn, n: row.reporters })}</small>
              </li>
            ))}
          </ul>
          <p className="field-hint">{t('report.similarHint')}</p>
        </>
      )}
    </div>
  )
}
