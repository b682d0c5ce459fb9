import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { useI18n } from '../i18n/index.ts'
import { useTheme } from '../theme/index.ts'
import { openCityMap, type CityMap } from './city-map.ts'
import type { AreaLabel, BaseMap, Box, Inset, MapEvents, MapLayers, MapMark, MapTarget, Pin, WorkerCount } from './types.ts'

export interface CityMapProps extends MapEvents {
  readonly box: Box
  readonly pins: readonly Pin[]
  readonly labels: readonly AreaLabel[]
  readonly layers: MapLayers
  readonly inset: Inset
  readonly focus: { readonly pin: Pin | undefined; readonly spot: { lon: number; lat: number } | undefined }
  readonly marks?: readonly MapMark[]
  readonly base?: BaseMap | undefined
  readonly workers?: readonly WorkerCount[]
  readonly area: { readonly layer: string; readonly code: string } | undefined
  /** Where the map goes whenever this changes. */
  readonly target: MapTarget | undefined
  readonly handle: Ref<MapHandle>
}
export type MapHandle = Pick<CityMap, 'goTo' | 'zoomBy' | 'pulse' | 'renewHeat'>

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
  const first = useEffectEvent(() => ({ box: props.box, tokens, inset: props.inset, layers: props.layers, base: props.base }))
  const [alone, setAlone] = useState(false)
  useEffect(() => {
    if (!container.current) return undefined
    try {
      const opened = openCityMap({
        ...first(),
        container: container.current,
        tilesUrl: `${globalThis.location.origin}/tiles`,
        onBaseFailed: () => setAlone(true),
        calm: globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches,
        events: { onPin: (id) => onPin(id), onPoint: (lon, lat) => onPoint(lon, lat), onView: (box) => onView(box), onHover: (hover) => onHover(hover) },
      })
      setMap(opened)
      return () => opened.remove()
    } catch {
      setFailed(true)
      return undefined
    }
  }, [])
  useImperativeHandle(
    props.handle,
    () => ({
      goTo: (target) => map?.goTo(target),
      zoomBy: (steps) => map?.zoomBy(steps),
      pulse: (lon, lat, color) => map?.pulse(lon, lat, color),
      renewHeat: (moment) => map?.renewHeat(moment),
    }),
    [map],
  )
  useEffect(() => void map?.setPins(props.pins), [map, props.pins])
  useEffect(() => void map?.setLabels(props.labels), [map, props.labels])
  useEffect(() => void map?.setTokens(tokens), [map, tokens])
  useEffect(() => void map?.setLayers(props.layers), [map, props.layers])
  useEffect(() => void map?.setInset(props.inset), [map, props.inset])
  useEffect(() => void map?.setFocus(props.focus), [map, props.focus])
  useEffect(() => void map?.setMarks(props.marks ?? []), [map, props.marks])
  useEffect(() => void map?.setWorkers(props.workers ?? []), [map, props.workers])
  useEffect(() => {
    if (props.target) map?.goTo(props.target)
  }, [map, props.target])
  useEffect(() => void map?.setArea(props.area), [map, props.area])
  return (
    <>
      <div ref={container} className="map-canvas" role="region" aria-label={t('map.label')} />
      {props.base && <p className="map-base">{alone ? t('map.baseFailed') : t('map.base', { crs: props.base.crs.toUpperCase() })}</p>}
      {failed && (
        <p className="map-failed" role="alert">
          {t('map.failed')}
        </p>
      )}
    </>
  )
}
