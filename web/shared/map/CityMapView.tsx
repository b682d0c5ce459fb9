import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { useI18n } from '../i18n/index.ts'
import { useTheme } from '../theme/index.ts'
import { openCityMap, type CityMap } from './city-map.ts'
import type { AreaLabel, Box, Inset, MapEvents, MapLayers, Pin } from './types.ts'

export interface CityMapProps extends MapEvents {
  readonly box: Box
  readonly pins: readonly Pin[]
  readonly labels: readonly AreaLabel[]
  readonly layers: MapLayers
  readonly inset: Inset
  readonly focus: { readonly pin: { lon: number; lat: number } | undefined; readonly spot: { lon: number; lat: number } | undefined }
  readonly area: { readonly layer: string; readonly code: string } | undefined
  readonly handle: Ref<MapHandle>
}
export type MapHandle = Pick<CityMap, 'fit' | 'flyTo' | 'zoomBy' | 'pulse'>

/** The map as a component; loads MapLibre, so screens import it lazily. */
export default function CityMapView(props: CityMapProps) {
  const { t } = useI18n()
  const { tokens } = useTheme()
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<CityMap>()
  const [failed, setFailed] = useState(false)
  const onPin = useEffectEvent(props.onPin)
  const onPoint = useEffectEvent(props.onPoint)
  const onView = useEffectEvent(props.onView)
  const onHover = useEffectEvent(props.onHover)
  const first = useEffectEvent(() => ({ box: props.box, tokens, inset: props.inset, layers: props.layers }))
  useEffect(() => {
    if (!container.current) return undefined
    try {
      const opened = openCityMap({
        ...first(), container: container.current, tilesUrl: `${globalThis.location.origin}/tiles/areas/{z}/{x}/{y}`, calm: globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches,
        events: { onPin: (id) => onPin(id), onPoint: (lon, lat) => onPoint(lon, lat), onView: (box) => onView(box), onHover: (hover) => onHover(hover) },
      })
      setMap(opened)
      return () => opened.remove()
    } catch {
      setFailed(true)
      return undefined
    }
  }, [])
  useImperativeHandle(props.handle, () => ({
    fit: (box) => map?.fit(box), flyTo: (lon, lat) => map?.flyTo(lon, lat), zoomBy: (steps) => map?.zoomBy(steps), pulse: (lon, lat, color) => map?.pulse(lon, lat, color),
  }), [map])
  useEffect(() => map?.setPins(props.pins), [map, props.pins])
  useEffect(() => map?.setLabels(props.labels), [map, props.labels])
  useEffect(() => map?.setTokens(tokens), [map, tokens])
  useEffect(() => map?.setLayers(props.layers), [map, props.layers])
  useEffect(() => map?.setInset(props.inset), [map, props.inset])
  useEffect(() => map?.setFocus(props.focus), [map, props.focus])
  useEffect(() => map?.setArea(props.area), [map, props.area])
  return (
    <>
      <div ref={container} className="map-canvas" role="region" aria-label={t('map.label')} />
      {failed && <p className="map-failed" role="alert">{t('map.failed')}</p>}
    </>
  )
}
