import { useI18n } from '@linli/web-shared/i18n'
import type { ReactNode } from 'react'

export interface Figure {
  readonly name: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: 'late' | 'good' | undefined
}

/** Figures beside each other, each with its name and what belongs to it; one instant holds for all. */
export function Figures({ rows, asOf, label }: { rows: readonly Figure[]; asOf: string; label: string }) {
  const { t, times } = useI18n()
  return (
    <section className="figures" aria-label={label}>
      <header>
        <h3>{label}</h3>
        <time dateTime={asOf}>{t('console.asOf', { at: times.clock(Date.parse(asOf)) })}</time>
      </header>
      <dl>
        {rows.map((row) => (
          <div key={row.name} data-tone={row.tone}>
            <dt>{row.name}</dt>
            <dd>
              {row.value}
              {row.note !== undefined && <small>{row.note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
