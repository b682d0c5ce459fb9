import { useI18n } from '@linli/web-shared/i18n'
import { useId } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import type { Asked } from './asked.ts'

type Value = string | number | boolean

/** One question of the round: numbers by thumb, one of a few, yes or no, or words; where several ask it, who they are. */
export function AskedField({ asked, value, onChange }: { asked: Asked; value: Value | undefined; onChange(value: Value): void }) {
  const { t, pick } = useI18n()
  const id = useId()
  const { field, askers } = asked
  const both = askers.length > 1 && <small className="both">{t('field.patrol.askedBy', { who: askers.map(pick).join(t('field.comma')) })}</small>
  if (field.kind === 'choice')
    return (
      <Choices
        legend={field.label}
        value={typeof value === 'string' ? value : undefined}
        options={field.options.map((option) => ({ value: option, text: option }))}
        onChange={onChange}
      />
    )
  if (field.kind === 'tick')
    return (
      <label className="tick">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
        <span>{field.label}</span>
        {both}
      </label>
    )
  if (field.kind === 'words')
    return (
      <label className="field">
        <span>{field.label}</span>
        {both}
        <textarea
          rows={3}
          maxLength={field.maxLength ?? 500}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    )
  const number = typeof value === 'number' ? value : undefined
  const step = (by: number) => onChange(Math.min(field.maximum ?? 100_000, Math.max(field.minimum ?? 0, (number ?? 0) + by)))
  return (
    <div className="field">
      <label htmlFor={id}>{field.label}</label>
      {both}
      <div className="stepper">
        <button type="button" aria-label={t('field.less', { what: field.label })} onClick={() => step(-1)}>
          <Glyph name="minus" />
        </button>
        <input
          id={id}
          inputMode="numeric"
          value={number ?? ''}
          onChange={(event) => {
            const digits = event.target.value.replaceAll(/\D/g, '').slice(0, 6)
            onChange(digits === '' ? '' : Number(digits))
          }}
        />
        <button type="button" aria-label={t('field.more', { what: field.label })} onClick={() => step(1)}>
          <Glyph name="plus" />
        </button>
      </div>
    </div>
  )
}
