import { useI18n } from '@linli/web-shared/i18n'
import { Choices } from '../parts/Choices.tsx'
import { useField } from '../store/state.ts'
import type { Card } from '../view.ts'

export interface Finding {
  readonly found: boolean
  readonly text: string
  readonly matter: string | null
}
export const NO_FINDING: Finding = { found: false, text: '', matter: null }

/** What was found on the way (发现问题): reported as a case in the same act, with the photos and the place of the round. */
export function FindingField({ card, finding, onChange }: { card: Card; finding: Finding; onChange(finding: Finding): void }) {
  const { t } = useI18n()
  const { matters } = useField()
  const keys = [...new Set(card.duties.flatMap((duty) => duty.item.matters))]
  if (keys.length === 0) return null
  const nameOf = (key: string) => matters?.rows.find((row) => row.key === key)?.name ?? key
  return (
    <section className="finding" data-on={finding.found}>
      <label className="tick">
        <input
          type="checkbox"
          checked={finding.found}
          onChange={(event) => onChange({ ...finding, found: event.target.checked, matter: finding.matter ?? keys[0] ?? null })}
        />
        <span>
          {t('duties.found')} <small className="soft">{t('duties.foundHint')}</small>
        </span>
      </label>
      {finding.found && (
        <>
          {keys.length > 1 && (
            <Choices
              legend={t('case.matter')}
              value={finding.matter ?? undefined}
              options={keys.map((key) => ({ value: key, text: nameOf(key) }))}
              onChange={(matter) => onChange({ ...finding, matter })}
            />
          )}
          <label className="field">
            <span>{t('duties.finding')}</span>
            <textarea rows={3} maxLength={5_000} value={finding.text} onChange={(event) => onChange({ ...finding, text: event.target.value })} />
          </label>
        </>
      )}
    </section>
  )
}
