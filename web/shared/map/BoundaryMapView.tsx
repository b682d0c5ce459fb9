import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useI18n } from '../i18n/index.ts'
import { useTheme } from '../theme/index.ts'
import { openBoundaryMap, type BoundaryMap, type Shape } from './boundary-map.ts'
import type { Ring } from './ring.ts'
import type { Box } from './types.ts'

export interface BoundaryMapProps {
  readonly label: string
  readonly box: Box
  readonly shapes: readonly Shape[]
  readonly ring?: Ring | undefined
  onRing?(ring: Ring): void
  onShape?(code: string): void
}

/** The map of boundaries as a component; loads MapLibre, so screens import it lazily. What it can do by pointer, its screen also offers without. */
export default function BoundaryMapView({ label, box, shapes, ring, ...events }: BoundaryMapProps) {
  const { t } = useI18n()
  const { tokens } = useTheme()
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<BoundaryMap>()
  const [failed, setFailed] = useState(false)
  const onRing = useEffectEvent((next: Ring) => events.onRing?.(next))
  const onShape = useEffectEvent((code: string) => events.onShape?.(code))
  const first = useEffectEvent(() => box)
  useEffect(() => {
    if (!container.current) return undefined
    try {
      const opened = openBoundaryMap({
        container: container.current,
        box: first(),
        tokens,
        tilesUrl: `${globalThis.location.origin}/tiles`,
        calm: globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches,
        onRing: (next) => onRing(next),
        onShape: (code) => onShape(code),
      })
      setMap(opened)
      return () => opened.remove()
    } catch {
      setFailed(true)
      return undefined
    }
  }, [tokens])
  useEffect(() => void map?.setShapes(shapes), [map, shapes])
  useEffect(() => void map?.setRing(ring), [map, ring])
  const [west, south, east, north] = box
  useEffect(() => void map?.goTo([west, south, east, north]), [map, west, south, east, north])
  return (
    <>
      <div ref={container} className="map-canvas" role="region" aria-label={label} />
      {failed && (
        <p className="map-failed" role="alert">
          {t('map.failed')}
        </p>
      )}
    </>
  )
}
