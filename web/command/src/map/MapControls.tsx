import { useI18n } from '@linli/web-shared/i18n'
import type { MapLayers } from '@linli/web-shared/map'
import { IconButton, Toggle } from '@linli/web-shared/ui'

/** Zoom, home, and what is drawn. */
export function MapControls({
  layers,
  offered,
  onLayers,
  onZoom,
  onHome,
}: {
  layers: MapLayers
  /** What this reader may have drawn. */
  offered: readonly (keyof MapLayers)[]
  onLayers(layers: MapLayers): void
  onZoom(by: number): void
  onHome(): void
}) {
  const { t } = useI18n()
  return (
    <div className="map-controls" role="group" aria-label={t('command.mapControls')}>
      <div className="map-layers" role="group" aria-label={t('layer.title')}>
        {offered.map((name) => (
          <Toggle key={name} on={layers[name] ?? false} onChange={(on) => onLayers({ ...layers, [name]: on })}>
            {t(`layer.${name}`)}
          </Toggle>
        ))}
      </div>
      <div className="map-zoom">
        <IconButton icon="plus" label={t('map.zoomIn')} onClick={() => onZoom(1)} />
        <IconButton icon="minus" label={t('map.zoomOut')} onClick={() => onZoom(-1)} />
        <IconButton icon="home" label={t('map.home')} onClick={onHome} />
      </div>
    </div>
  )
}
