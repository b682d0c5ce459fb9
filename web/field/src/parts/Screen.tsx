import { useI18n } from '@linli/web-shared/i18n'
import type { ReactNode } from 'react'
import { back } from '../place.ts'
import { Glyph } from './Glyph.tsx'
import { LinkPill } from './LinkPill.tsx'

/** One screen: its name, the way back where it is not a tab, and whether everything has gone. What is done most stands at the foot, under the thumb. */
export function Screen({
  title,
  sub,
  inner = false,
  foot,
  children,
}: {
  title: string
  sub?: ReactNode
  inner?: boolean
  foot?: ReactNode
  children: ReactNode
}) {
  const { t } = useI18n()
  return (
    <>
      <header className="top">
        {inner && (
          <button type="button" className="round" aria-label={t('common.back')} onClick={back}>
            <Glyph name="back" />
          </button>
        )}
        <div className="top-title">
          <h1>{title}</h1>
          {sub !== undefined && <p>{sub}</p>}
        </div>
        <LinkPill />
      </header>
      <main className={`screen ${foot === undefined ? '' : 'has-foot'}`} id="content">
        {children}
      </main>
      {foot !== undefined && <div className="foot">{foot}</div>}
    </>
  )
}
