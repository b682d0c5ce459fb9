import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useEffectEvent, useState } from 'react'
import { Glyph } from '../parts/Glyph.tsx'
import { PlaceMap } from '../parts/PlaceMap.tsx'
import { locate } from '../parts/locate.ts'
import { useField } from '../store/state.ts'
import { gridAt } from '../view.ts'
import type { Spot } from './draft.ts'

/** Where it is (位置): taken by itself with its accuracy, and put right with a pin on the map. */
export function SpotField({ spot, onChange }: { spot: Spot | null; onChange(spot: Spot): void }) {
  const { t } = useI18n()
  const { areas, bundle } = useField()
  const [failed, setFailed] = useState(false)
  const [retaking, setRetaking] = useState(false)
  const [map, setMap] = useState(false)
  const none = spot === null
  const found = useEffectEvent((next: Spot | undefined) => {
    setFailed(next === undefined)
    if (next) onChange(next)
  })
  // A new report asks where it is as soon as it is begun.
  useEffect(() => {
    const ask = async () => found(await locate())
    if (none) void ask()
  }, [none])
  const again = async () => {
    setRetaking(true)
    const next = await locate()
    setRetaking(false)
    setFailed(next === undefined)
    if (next) onChange(next)
  }
  const state = retaking || (none && !failed) ? 'asking' : failed ? 'failed' : 'idle'
  const code = spot ? gridAt(areas, spot.lon, spot.lat) : undefined
  const grid = bundle?.grids.find((each) => each.code === code)
  const middle = spot ?? bundle?.grids[0]?.center
  return (
    <section className="spot" data-state={spot ? 'there' : state}>
      <div className="spot-line">
        <Glyph name="pin" size={28} />
        <div className="grow">
          {spot ? (
            <>
              <strong>{grid?.name ?? t('field.spot.outside')}</strong>
              <p className="soft">
                {spot.lon.toFixed(5)}, {spot.lat.toFixed(5)} ·{' '}
                {spot.accuracyM === null ? t('field.spot.byHand') : t('duties.accuracy', { n: Math.round(spot.accuracyM) })}
              </p>
            </>
          ) : (
            <>
              <strong>{t(state === 'asking' ? 'duties.locating' : 'field.spot.failed')}</strong>
              {state === 'failed' && <p className="soft">{t('field.spot.failedTodo')}</p>}
            </>
          )}
        </div>
      </div>
      <div className="pair">
        <button type="button" className="small" disabled={state === 'asking'} onClick={() => void again()}>
          <Glyph name="again" size={20} /> {t('field.spot.again')}
        </button>
        <button type="button" className="small" aria-expanded={map} onClick={() => setMap(!map)}>
          <Glyph name="pin" size={20} /> {t(map ? 'field.map.hide' : 'field.spot.correct')}
        </button>
      </div>
      {map && middle && (
        <>
          <p className="soft">{t('field.spot.tapHint')}</p>
          <PlaceMap spot={middle} onPoint={(lon, lat) => onChange({ lon, lat, accuracyM: null })} />
        </>
      )}
    </section>
  )
}
