import { Suspense, useMemo, useRef } from 'react'
import { LazyCityMap } from './LazyCityMap.tsx'
import type { MapHandle } from './CityMapView.tsx'
import type { Box, Inset, MapLayers, MapMark, Pin } from './types.ts'

const NO_INSET: Inset = { top: 24, right: 24, bottom: 24, left: 24 }
const LAYERS: MapLayers = { grids: true, dedicated: false }
const NOTHING = { pins: [] as readonly Pin[], labels: [] }
const NO_MARKS: readonly MapMark[] = []
const ignore = () => undefined
/** About 400 metres. */
const MARGIN = 0.004

/** The box around some points, wide enough to see what lies beside them. */
export function boxAround(points: readonly { readonly lon: number; readonly lat: number }[]): Box {
  const [lons, lats] = [points.map(({ lon }) => lon), points.map(({ lat }) => lat)]
  return [Math.min(...lons) - MARGIN, Math.min(...lats) - MARGIN, Math.max(...lons) + MARGIN, Math.max(...lats) + MARGIN]
}

/** A small map inside a form (小地图): a spot to point at, or places with letters to choose between. */
export function SmallMap({
  box,
  spot,
  marks = NO_MARKS,
  onPoint = ignore,
}: {
  box: Box
  spot?: { readonly lon: number; readonly lat: number } | undefined
  marks?: readonly MapMark[]
  onPoint?: (lon: number, lat: number) => void
}) {
  const handle = useRef<MapHandle>(null)
  const focus = useMemo(() => ({ pin: undefined, spot }), [spot])
  return (
    <div className="small-map">
      <Suspense fallback={null}>
        <LazyCityMap
          handle={handle}
          box={box}
          {...NOTHING}
          layers={LAYERS}
          inset={NO_INSET}
          marks={marks}
          target={undefined}
          focus={focus}
          area={undefined}
          onPin={ignore}
          onPoint={onPoint}
          onView={ignore}
          onHover={ignore}
        />
      </Suspense>
    </div>
  )
}
