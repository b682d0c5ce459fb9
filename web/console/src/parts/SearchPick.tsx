import type { Asked } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useDeferredValue, useState, type ReactNode } from 'react'

export interface Found {
  readonly value: string
  readonly text: string
  readonly small?: ReactNode
}

export interface FoundRows extends Pick<Asked<unknown>, 'problem' | 'loading'> {
  readonly rows: readonly Found[] | undefined
}

/** What is typed, and what is asked for while typing goes on. */
export function useTyped(): { readonly typed: string; readonly q: string; onTyped(typed: string): void } {
  const [typed, onTyped] = useState('')
  return { typed, onTyped, q: useDeferredValue(typed.trim()) }
}

/** Finds one of many by typing and picks it; the pick is a field of the form around it. */
export function SearchPick({
  name,
  label,
  placeholder,
  optional = false,
  typed,
  found,
  onTyped,
  onPick,
}: {
  name: string
  label: string
  placeholder: string
  optional?: boolean
  typed: string
  found: FoundRows
  onTyped(typed: string): void
  onPick?: (found: Found) => void
}) {
  const { t, problem } = useI18n()
  const [picked, setPicked] = useState<Found>()
  const rows = [...(picked ? [picked] : []), ...(found.rows ?? []).filter((row) => row.value !== picked?.value)].slice(0, 8)
  return (
    <fieldset className="pick">
      <legend>
        {label}
        {optional && <span className="faint"> {t('common.optional')}</span>}
      </legend>
      <input type="search" value={typed} placeholder={placeholder} aria-label={placeholder} onChange={(event) => onTyped(event.target.value)} />
      <div className="pick-rows">
        {rows.map((row) => (
          <label key={row.value}>
            <input
              type="radio"
              name={name}
              value={row.value}
              required={!optional}
              checked={picked?.value === row.value}
              onChange={() => {
                setPicked(row)
                onPick?.(row)
              }}
            />
            <span>
              {row.text}
              {row.small !== undefined && <small>{row.small}</small>}
            </span>
          </label>
        ))}
        {rows.length === 0 && (
          <p className="faint">{found.problem ? problem(found.problem.code).what : t(found.loading ? 'common.loading' : 'console.nothingFound')}</p>
        )}
      </div>
    </fieldset>
  )
}
