import { useI18n } from '@linli/web-shared/i18n'
import { boxOf, LazyBoundaryMap, type Ring, type Shape } from '@linli/web-shared/map'
import { Suspense } from 'react'

/** A map as high as a hand: shapes to look at or to choose, and at most one boundary to edit. */
export function AreaMap({
  label,
  shapes,
  ring,
  onRing,
  onShape,
}: {
  label: string
  shapes: readonly Shape[]
  ring?: Ring | undefined
  onRing?: (ring: Ring) => void
  onShape?: (code: string) => void
}) {
  const { t } = useI18n()
  // By its numbers: the map moves when other areas are shown, not each time that one of them is chosen or edited.
  const box = boxOf({ type: 'GeometryCollection', coordinates: shapes.map(({ geometry }) => geometry.coordinates) })
  if (!box) return null
  return (
    <div className="area-map">
      <Suspense fallback={<p className="map-failed">{t('common.loading')}</p>}>
        <LazyBoundaryMap
          label={t('areas.mapOf', { name: label })}
          box={box}
          shapes={shapes}
          ring={ring}
          {...(onRing ? { onRing } : {})}
          {...(onShape ? { onShape } : {})}
        />
      </Suspense>
    </div>
  )
}
