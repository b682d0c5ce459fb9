import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { Glyph } from '../parts/Glyph.tsx'
import type { Component } from '../store/db.ts'
import { useField } from '../store/state.ts'
import { gridAt } from '../view.ts'
import type { Spot } from './draft.ts'
import { componentsOf, metresBetween } from './nearby.ts'

const MOST_SHOWN = 20

/** Which component of the city it is (部件): those nearest to the spot, each with its number and how far it is. */
export function ComponentField({ spot, component, onChange }: { spot: Spot | null; component: string | null; onChange(component: Component | null): void }) {
  const { t } = useI18n()
  const { areas } = useField()
  const [found, setFound] = useState<readonly Component[]>()
  const [busy, setBusy] = useState(false)
  const grid = spot ? gridAt(areas, spot.lon, spot.lat) : undefined
  if (component !== null)
    return (
      <div className="chosen">
        <span className="grow">
          <small className="soft">{t('field.component')}</small>
          <strong>{found?.find((each) => each.code === component)?.name ?? component}</strong>
        </span>
        <button type="button" className="small" onClick={() => onChange(null)}>
          {t('common.remove')}
        </button>
      </div>
    )
  if (!spot || grid === undefined) return null
  const look = async () => {
    setBusy(true)
    const rows = await componentsOf(grid)
    setFound(rows.toSorted((one, other) => metresBetween(spot, one) - metresBetween(spot, other)).slice(0, MOST_SHOWN))
    setBusy(false)
  }
  return (
    <section className="matter">
      <button type="button" className="text" disabled={busy} aria-expanded={found !== undefined} onClick={() => void (found ? setFound(undefined) : look())}>
        <Glyph name="pin" size={20} /> {t(found ? 'field.component.hide' : 'field.component.near')}
      </button>
      {found?.length === 0 && <p className="soft">{t('field.component.none')}</p>}
      {found && found.length > 0 && (
        <ul className="found">
          {found.map((each) => (
            <li key={each.code}>
              <button type="button" className="row-button" onClick={() => onChange(each)}>
                <strong>{each.name}</strong>
                <span className="soft">
                  {t('field.component.metres', { n: Math.round(metresBetween(spot, each)) })} · {each.code}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
