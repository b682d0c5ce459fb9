import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { areaText, useI18n } from '@linli/web-shared/i18n'
import { Button, IconButton, LoadingView, ProblemView } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'

/** Which areas and grids a point lies in (区域), each a way to the cases there. */
export function AreaCard({ spot, onClose }: { spot: { readonly lon: number; readonly lat: number }; onClose(): void }) {
  const { t, word, language } = useI18n()
  const { showArea, session } = useRoom()
  const lon = spot.lon.toFixed(6)
  const lat = spot.lat.toFixed(6)
  const asked = useAnswer(places.locate, { query: { lon, lat } })
  const found = asked.data
  const rows = found ? [...found.above.filter((area) => area.level !== 'city'), found.basic, found.single, found.dedicated].filter((area) => area !== null) : []
  const nearest = found?.basic ?? rows[0]
  return (
    <section className="area-card" aria-label={t('command.here')}>
      <header>
        <h2>{rows.slice(0, 3).map((area) => area.name).join(' · ') || t('command.here')}</h2>
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      {asked.loading && <LoadingView lines={3} />}
      {asked.problem && (asked.problem.code === 'POSITION_OUTSIDE_CITY' ? <p className="faint">{t('command.outside')}</p> : <ProblemView problem={asked.problem} onRetry={asked.again} />)}
      {rows.length > 0 && (
        <ul>
          {rows.map((area) => (
            <li key={area.code}>
              <button type="button" onClick={() => showArea(area.code)}>
                <span>{word('level', area.gridKind ?? area.level)}</span>
                <strong>{area.name}</strong>
                <code title={t('command.code')}>{area.code}</code>
                <small>{areaText(language, area.areaM2)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      <footer>
        <span className="faint">{t('command.lonLat', { lon: spot.lon.toFixed(5), lat: spot.lat.toFixed(5) })}</span>
        {nearest && session.may('cases.read') && <Button tone="main" onClick={() => { showArea(nearest.code); onClose() }}>{t('command.showHere')}</Button>}
      </footer>
    </section>
  )
}
