import { cases } from '@linli/contract/endpoints/cases'
import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import {
  LazyCityMap,
  type AreaLabel,
  type Box,
  type Inset,
  type MapHandle,
  type MapLayers,
  type MapTarget,
  type Pin,
  type WorkerCount,
} from '@linli/web-shared/map'
import { Sign, signOf, useNowEvery, type Spot } from '@linli/web-shared/ui'
import { Suspense, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useReport } from '../state/report-store.ts'
import { useRoom } from '../state/room.ts'
import type { Route } from '../state/route.ts'
import { AreaCard } from './AreaCard.tsx'
import { boxOfCoordinates, contains, roomyBox } from './box.ts'
import { LoopLegend } from './LoopLegend.tsx'
import { MapControls } from './MapControls.tsx'

const NO_INSET: Inset = { top: 0, right: 0, bottom: 0, left: 0 }
const NO_PINS: readonly Pin[] = []
const NO_WORKERS: readonly WorkerCount[] = []
const MARGIN = 24
/** The legend lies over the lower edge. */
const LEGEND = 72
/** Heat is asked for anew after so many events, and after so long. */
const HEAT_EVENTS = 200
const HEAT_MS = 30_000

/** The map with everything that lies on it: pins, names, the card of a point, the legend that is also the filter. */
export function MapStage({
  handle,
  route,
  labels,
  workers,
}: {
  handle: RefObject<MapHandle | null>
  route: Route
  labels: readonly AreaLabel[]
  /** Absent where this reader may not know, or where nobody keeps shifts. */
  workers: readonly WorkerCount[] | undefined
}) {
  const { word, t } = useI18n()
  const room = useRoom()
  const { city, session, filters, filter, openCase } = room
  const home = city.bbox as unknown as Box
  const stage = useRef<HTMLElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const inset = useInset(stage, view)
  const [box, setBox] = useState<Box>(home)
  const [layers, setLayers] = useState<MapLayers>({ grids: true, dedicated: false, cases: true })
  const [spot, setSpot] = useState<Spot>()
  const writing = useReport(room.report, (state) => (state.open ? state.draft?.spot : undefined))
  const told = useReport(room.report, (state) => state.last)
  const [hover, setHover] = useState<{ pin: Pin; x: number; y: number }>()
  const roomy = useMemo(() => roomyBox(box), [box])
  const asked = useAnswer(cases.listPins, { query: { bbox: roomy.join(','), limit: '3000' } }, { enabled: session.may('cases.read'), keep: true })
  const all = asked.data?.rows ?? NO_PINS
  const pins = useMemo(
    () => all.filter((pin) => (filters.sign === undefined || signOf(pin.step, pin.state) === filters.sign) && (!filters.overdue || pin.overdue)),
    [all, filters.sign, filters.overdue],
  )
  const inView = useMemo(() => all.filter((pin) => contains(box, pin.lon, pin.lat)), [all, box])
  const chosen = route.kind === 'case' ? all.find((pin) => pin.id === route.id) : undefined
  const area = useAnswer(places.getArea, { params: { code: route.kind === 'area' ? route.code : '' } }, { enabled: route.kind === 'area' })
  const shown = route.kind === 'area' ? area.data : undefined
  const target = useMemo<MapTarget | undefined>(() => {
    const around = shown && boxOfCoordinates(shown.geometry.coordinates)
    return around && { box: around }
  }, [shown])
  const narrow = useEffectEvent((found: NonNullable<typeof shown>) => filter({ area: { code: found.area.code, name: found.area.name } }))
  useEffect(() => {
    if (shown) narrow(shown)
  }, [shown])
  const look = useEffectEvent((pin: Pin) => {
    if (!contains(box, pin.lon, pin.lat)) handle.current?.goTo({ lon: pin.lon, lat: pin.lat })
  })
  useEffect(() => {
    if (chosen) look(chosen)
  }, [chosen])
  // The density comes from the server: it is asked for again when cases have moved, but not with each of them.
  const beat = Math.floor(room.live.heard.count / HEAT_EVENTS)
  const minute = useNowEvery(HEAT_MS)
  useEffect(() => handle.current?.renewHeat(`${beat}/${minute}`), [handle, beat, minute])
  // A report that went out is a pin now: the card that it began from has done its work.
  const [done, setDone] = useState(told)
  if (done !== told) {
    setDone(told)
    if (told) setSpot(undefined)
  }
  const offered: (keyof MapLayers)[] = [
    ...(session.may('cases.read') ? (['cases', 'heat'] as const) : []),
    ...(session.may('components.read') ? (['components'] as const) : []),
    ...(workers === undefined ? [] : (['workers'] as const)),
    'grids',
    'dedicated',
  ]
  const focus = useMemo(() => ({ pin: chosen, spot: spot ?? writing }), [chosen, spot, writing])
  const marked = useMemo(() => (shown ? { layer: shown.area.gridKind ?? shown.area.level, code: shown.area.code } : undefined), [shown])
  return (
    <main ref={stage} className="map-stage">
      <Suspense fallback={<div className="map-wait" />}>
        <LazyCityMap
          handle={handle}
          box={home}
          base={city.map ?? undefined}
          pins={pins}
          labels={labels}
          layers={layers}
          workers={workers ?? NO_WORKERS}
          inset={inset}
          target={target}
          focus={focus}
          area={marked}
          onPin={openCase}
          onPoint={(lon, lat) => setSpot({ lon, lat })}
          onView={setBox}
          onHover={setHover}
        />
      </Suspense>
      {hover && (
        <p className="pin-card" style={{ left: hover.x, top: hover.y }} aria-hidden="true">
          <Sign name={signOf(hover.pin.step, hover.pin.state)} overdue={hover.pin.overdue} />
          <strong>{hover.pin.matterName ?? t('case.noMatter')}</strong>
          <span>{word('state', hover.pin.state)}</span>
          <small>{hover.pin.number}</small>
        </p>
      )}
      <div ref={view} className="map-view">
        {spot && <AreaCard spot={spot} onClose={() => setSpot(undefined)} />}
        <MapControls
          layers={layers}
          offered={offered}
          onLayers={setLayers}
          onZoom={(by) => handle.current?.zoomBy(by)}
          onHome={() => handle.current?.goTo('city')}
        />
        {session.may('cases.read') && <LoopLegend pins={inView} complete={asked.data?.complete ?? true} />}
      </div>
    </main>
  )
}

/** What panels cover of the map, measured at the empty part in the middle. */
function useInset(stage: RefObject<HTMLElement | null>, view: RefObject<HTMLElement | null>): Inset {
  const [inset, setInset] = useState(NO_INSET)
  useLayoutEffect(() => {
    const measure = () => {
      if (!stage.current || !view.current) return
      const rem = Number.parseFloat(globalThis.getComputedStyle(document.documentElement).fontSize)
      const [outer, inner] = [stage.current.getBoundingClientRect(), view.current.getBoundingClientRect()]
      const next = {
        top: inner.top - outer.top + MARGIN,
        right: outer.right - inner.right + MARGIN,
        bottom: outer.bottom - inner.bottom + LEGEND * Math.max(1, rem / 16),
        left: inner.left - outer.left + MARGIN,
      }
      setInset((before) =>
        before.top === next.top && before.right === next.right && before.bottom === next.bottom && before.left === next.left ? before : next,
      )
    }
    const observer = new ResizeObserver(measure)
    if (stage.current) observer.observe(stage.current)
    if (view.current) observer.observe(view.current)
    measure()
    return () => observer.disconnect()
  }, [stage, view])
  return inset
}
