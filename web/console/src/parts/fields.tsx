import { useI18n } from '@linli/web-shared/i18n'
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react'

interface Named {
  readonly label: string
  readonly hint?: ReactNode
}

function Frame({ id, label, hint, required, children }: Named & { id: string; required: boolean; children: ReactNode }) {
  const { t } = useI18n()
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {!required && <span className="faint"> {t('common.optional')}</span>}
      </label>
      {children}
      {hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** A line to write in; kinds such as date and number are the browser's own. */
export function LineField({ label, hint, ...rest }: Named & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} required={rest.required === true}>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} />
    </Frame>
  )
}

/** Several lines to write in. */
export function WordsField({ label, hint, ...rest }: Named & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} required={rest.required === true}>
      <textarea id={id} rows={3} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} />
    </Frame>
  )
}

/** One of a list. */
export function ChoiceField({
  label,
  hint,
  options,
  ...rest
}: Named & SelectHTMLAttributes<HTMLSelectElement> & { options: readonly { readonly value: string; readonly text: string }[] }) {
  const id = useId()
  return (
    <Frame id={id} label={label} hint={hint} required={rest.required === true}>
      <select id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** A box to tick. */
export function TickField({ label, hint, ...rest }: { label: ReactNode; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <div className="tick">
      <input id={id} type="checkbox" {...rest} />
      <label htmlFor={id}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </label>
    </div>
  )
}

/** Why something is done; goes into the record of changes. */
export function ReasonField({ name = 'reason', minLength = 1, maxLength = 500 }: { name?: string; minLength?: number; maxLength?: number }) {
  const { t } = useI18n()
  return <WordsField name={name} label={t('console.reason')} hint={t('console.reasonHint')} required minLength={minLength} maxLength={maxLength} rows={2} />
}
