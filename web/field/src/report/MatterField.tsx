import { useI18n } from '@linli/web-shared/i18n'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Matters } from '../outbox/types.ts'
import { Choices } from '../parts/Choices.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { useField } from '../store/state.ts'
import { findMatters } from './find-matters.ts'

type Matter = Matters['rows'][number]
const MOST_FOUND = 30

/** What it is (事项): one of those used last, or found by name; the whole list lies on the telephone. */
export function MatterField({
  matter,
  row,
  onChange,
}: {
  matter: string | null
  row: number | null
  onChange(matter: string | null, row: number | null): void
}) {
  const { t } = useI18n()
  const { matters, recentMatters } = useField()
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words)
  const found = useMemo(() => findMatters(matters?.rows ?? [], asked).slice(0, MOST_FOUND), [matters, asked])
  const chosen = matters?.rows.find((each) => each.key === matter)
  const recent = recentMatters.flatMap((key) => matters?.rows.find((each) => each.key === key) ?? [])
  const take = (next: Matter) => {
    setWords('')
    onChange(next.key, next.rows.length === 1 ? (next.rows[0]?.rowNo ?? null) : null)
  }
  if (chosen)
    return (
      <section className="matter">
        <div className="chosen">
          <span className="grow">
            <small className="soft">{chosen.className}</small>
            <strong>{chosen.name}</strong>
          </span>
          <button type="button" className="small" onClick={() => onChange(null, null)}>
            {t('field.matter.change')}
          </button>
        </div>
        {chosen.rows.length > 1 && (
          <Choices
            legend={t('field.matter.condition')}
            value={row === null ? undefined : String(row)}
            options={chosen.rows.map((each) => ({ value: String(each.rowNo), text: each.filing }))}
            onChange={(value) => onChange(chosen.key, Number(value))}
          />
        )}
      </section>
    )
  return (
    <section className="matter">
      <label className="search-field">
        <Glyph name="search" size={22} />
        <input
          type="search"
          aria-label={t('field.matter.search')}
          placeholder={t('field.matter.search')}
          value={words}
          maxLength={60}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {asked.trim() === '' ? (
        recent.length > 0 && (
          <>
            <h2 className="soft">{t('field.matter.recent')}</h2>
            <ul className="chips">
              {recent.map((each) => (
                <li key={each.key}>
                  <button type="button" onClick={() => take(each)}>
                    {each.name}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )
      ) : (
        <ul className="found">
          {found.map((each) => (
            <li key={each.key}>
              <button type="button" className="row-button" onClick={() => take(each)}>
                <strong>{each.name}</strong>
                <span className="soft">{each.className}</span>
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="empty">{t('field.matter.none')}</li>}
        </ul>
      )}
    </section>
  )
}
