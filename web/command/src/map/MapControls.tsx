import { useI18n } from '@linli/web-shared/i18n'
import type { MapLayers } from '@linli/web-shared/map'
import { IconButton, Toggle } from '@linli/web-shared/ui'

/** Zoom, home, and which lines are drawn. */
export function MapControls({
  layers,
  onLayers,
  onZoom,
  onHome,
}: {
  layers: MapLayers
  onLayers(layers: MapLayers): void
  onZoom(by: number): void
  onHome(): void
}) {
  const { t } = useI18n()
  return (
    <div className="map-controls" role="group" aria-label={t('command.mapControls')}>
      <div className="map-layers">
        <Toggle on={layers.grids} onChange={(grids) => onLayers({ ...layers, grids })}>
          {t('command.grids')}
        </Toggle>
        <Toggle on={layers.dedicated} onChange={(dedicated) => onLayers({ ...layers, dedicated })}>
          {t('command.dedicated')}
        </Toggle>
      </div>
      <div className="map-zoom">
        <IconButton icon="plus" label={t('map.zoomIn')} onClick={() => onZoom(1)} />
        <IconButton icon="minus" label={t('map.zoomOut')} onClick={() => onZoom(-1)} />
        <IconButton icon="home" label={t('map.home')} onClick={onHome} />
      </div>
    </div>
  )
}
