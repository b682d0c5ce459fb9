import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { areaText, useI18n } from '@linli/web-shared/i18n'
import { Button, IconButton, LoadingView, ProblemView, type Spot } from '@linli/web-shared/ui'
import { useReport } from '../state/report-store.ts'
import { useRoom } from '../state/room.ts'
import { areasOf, locateQuery } from './areas-of.ts'

/** Which areas and grids a point lies in (区域), each a way to the cases there. */
export function AreaCard({ spot, onClose }: { spot: Spot; onClose(): void }) {
  const { t, word, language } = useI18n()
  const { showArea, session, report } = useRoom()
  const asked = useAnswer(places.locate, { query: locateQuery(spot) })
  const rows = areasOf(asked.data)
  const writing = useReport(report, (state) => state.draft?.spot)
  const nearest = asked.data?.basic ?? rows[0]
  const mayReport = rows.length > 0 && session.may('intake.report')
  return (
    <section className="area-card" aria-label={t('command.here')}>
      <header>
        <h2>
          {rows
            .slice(0, 3)
            .map((area) => area.name)
            .join(' · ') || t('command.here')}
        </h2>
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      {asked.loading && <LoadingView lines={3} />}
      {asked.problem &&
        (asked.problem.code === 'POSITION_OUTSIDE_CITY' ? (
          <p className="faint">{t('command.outside')}</p>
        ) : (
          <ProblemView problem={asked.problem} onRetry={asked.again} />
        ))}
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
        {mayReport && (
          <Button tone="main" data-report onClick={() => report.start(spot)}>
            {t(writing && writing !== spot ? 'report.moveHere' : 'report.here')}
          </Button>
        )}
        {nearest && session.may('cases.read') && (
          <Button
            tone={mayReport ? 'plain' : 'main'}
            onClick={() => {
              showArea(nearest.code)
              onClose()
            }}
          >
            {t('command.showHere')}
          </Button>
        )}
      </footer>
    </section>
  )
}
