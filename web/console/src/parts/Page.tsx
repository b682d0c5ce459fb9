import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import type { ReactNode } from 'react'

/** The frame of one screen: what it is, what it is for, what can be done at once, and the content. */
export function Page({
  title,
  lead,
  back,
  tools,
  asOf,
  children,
}: {
  title: ReactNode
  lead?: ReactNode
  back?: { readonly href: string; readonly text: string }
  tools?: ReactNode
  asOf?: string | number | undefined
  children: ReactNode
}) {
  return (
    <article className="page">
      {back && (
        <a className="page-back" href={back.href}>
          <Icon name="back" size={16} />
          {back.text}
        </a>
      )}
      <header className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className="page-lead">{lead}</p>}
          {asOf !== undefined && <AsOf at={asOf} />}
        </div>
        {tools !== undefined && <div className="page-tools">{tools}</div>}
      </header>
      {children}
    </article>
  )
}

/** As of when a figure is (数据截至); an instant, or milliseconds since 1970. */
export function AsOf({ at }: { at: string | number }) {
  const { t, times } = useI18n()
  const when = typeof at === 'number' ? at : Date.parse(at)
  return (
    <p className="as-of">
      <time dateTime={new Date(when).toISOString()}>{t('console.asOf', { at: times.clock(when) })}</time>
    </p>
  )
}

/** One part of a screen under its own heading. */
export function Section({ title, note, tools, children, id }: { title: ReactNode; note?: ReactNode; tools?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="section" id={id}>
      <header>
        <h2>{title}</h2>
        {note !== undefined && <span className="section-note">{note}</span>}
        {tools !== undefined && <div className="section-tools">{tools}</div>}
      </header>
      {children}
    </section>
  )
}

/** Names and values beside each other. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
