import { Map as LibreMap, setWorkerUrl, type GeoJSONSource, type LayerSpecification, type MapMouseEvent, type MapTouchEvent } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Tokens } from '../theme/index.ts'
import { drawImages } from './images.ts'
import { addCorner, moveCorner, polygonOf, removeCorner, type Corner, type Ring } from './ring.ts'
import { MAP_FONT, styleOf } from './style.ts'
import type { Box } from './types.ts'

setWorkerUrl(workerUrl)

/** An area shown as it is: chosen ones are filled. */
export interface Shape {
  readonly code: string
  readonly chosen: boolean
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] }
}

export interface BoundaryMapParts {
  readonly container: HTMLElement
  readonly box: Box
  readonly tokens: Tokens
  readonly tilesUrl: string
  readonly calm: boolean
  onRing(ring: Ring): void
  onShape(code: string): void
}

/** A map on which boundaries are looked at and drawn (边界编辑). */
export interface BoundaryMap {
  setShapes(shapes: readonly Shape[]): void
  /** The corners to be edited, or undefined where nothing is. */
  setRing(ring: Ring | undefined): void
  goTo(box: Box): void
  remove(): void
}

const EMPTY = { type: 'FeatureCollection' as const, features: [] }
const feature = (geometry: object, properties: Record<string, unknown>) => ({ type: 'Feature', geometry, properties }) as GeoJSON.Feature

/** Opens the map; throws where the browser has no WebGL. */
export function openBoundaryMap(parts: BoundaryMapParts): BoundaryMap {
  const { tokens } = parts
  const map = new LibreMap({
    container: parts.container,
    style: styleOf(tokens, parts.tilesUrl, { grids: true, dedicated: false }),
    localIdeographFontFamily: MAP_FONT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    maxZoom: 19,
    bounds: [...parts.box],
    fitBoundsOptions: { padding: 40 },
    fadeDuration: parts.calm ? 0 : 200,
  })
  map.touchZoomRotate.disableRotation()
  drawImages(map, tokens)
  let ready = false
  const waiting: (() => void)[] = []
  const whenReady = (act: () => void) => {
    if (ready) act()
    else waiting.push(act)
  }
  let ring: Ring | undefined
  const source = (name: string) => map.getSource<GeoJSONSource>(name)
  const show = () => {
    source('draft')?.setData(ring ? { type: 'FeatureCollection', features: [feature(polygonOf(ring), {})] } : EMPTY)
    source('corners')?.setData({ type: 'FeatureCollection', features: ring ? handlesOf(ring) : [] })
  }
  map.once('load', () => {
    for (const name of ['shapes', 'draft', 'corners']) map.addSource(name, { type: 'geojson', data: EMPTY })
    for (const layer of layersOf(tokens)) map.addLayer(layer)
    ready = true
    for (const act of waiting.splice(0)) act()
  })
  const begin = (event: MapMouseEvent | MapTouchEvent) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['corners', 'middles'] })
    if (!hit || !ring) return
    event.preventDefault()
    const index = Number(hit.properties['index'])
    const corner: Corner = [event.lngLat.lng, event.lngLat.lat]
    const held = hit.properties['middle'] === true ? index + 1 : index
    if (hit.properties['middle'] === true) ring = addCorner(ring, index, corner)
    const drag = (move: MapMouseEvent | MapTouchEvent) => {
      if (!ring) return
      ring = moveCorner(ring, held, [move.lngLat.lng, move.lngLat.lat])
      show()
    }
    const end = () => {
      map.off('mousemove', drag)
      map.off('touchmove', drag)
      if (ring) parts.onRing(ring)
    }
    map.on('mousemove', drag)
    map.on('touchmove', drag)
    map.once('mouseup', end)
    map.once('touchend', end)
  }
  map.on('mousedown', begin)
  map.on('touchstart', begin)
  const takeOut = (event: MapMouseEvent) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['corners'] })
    if (!hit || !ring) return
    event.preventDefault()
    parts.onRing(removeCorner(ring, Number(hit.properties['index'])))
  }
  map.on('dblclick', takeOut)
  map.on('contextmenu', takeOut)
  map.on('click', 'shapes-fill', (event) => {
    const code: unknown = event.features?.[0]?.properties['code']
    if (typeof code === 'string' && !ring) parts.onShape(code)
  })
  for (const layer of ['corners', 'middles', 'shapes-fill']) {
    map.on('mouseenter', layer, () => {
      map.getCanvas().style.cursor = layer === 'shapes-fill' ? (ring ? '' : 'pointer') : 'move'
    })
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = ''
    })
  }
  return {
    setShapes: (shapes) =>
      whenReady(() =>
        source('shapes')?.setData({ type: 'FeatureCollection', features: shapes.map(({ code, chosen, geometry }) => feature(geometry, { code, chosen })) }),
      ),
    setRing: (next) => {
      ring = next
      whenReady(show)
    },
    goTo: (box) => map.fitBounds([...box], { padding: 40, animate: !parts.calm, duration: 500, maxZoom: 17 }),
    remove: () => map.remove(),
  }
}

/** Every corner, and between two of them a smaller handle that becomes one. */
function handlesOf(ring: Ring): GeoJSON.Feature[] {
  return ring.flatMap(([lon, lat], index) => {
    const [nextLon, nextLat] = ring[(index + 1) % ring.length] ?? [lon, lat]
    return [
      feature({ type: 'Point', coordinates: [lon, lat] }, { index, middle: false }),
      feature({ type: 'Point', coordinates: [(lon + nextLon) / 2, (lat + nextLat) / 2] }, { index, middle: true }),
    ]
  })
}

function layersOf(tokens: Tokens): LayerSpecification[] {
  const handle = (id: string, middle: boolean, radius: number, fill: string): LayerSpecification =>
    ({
      id,
      type: 'circle',
      source: 'corners',
      filter: ['==', ['get', 'middle'], middle],
      ...(middle ? { minzoom: 14 } : {}),
      paint: { 'circle-radius': radius, 'circle-color': fill, 'circle-stroke-color': tokens.accent, 'circle-stroke-width': 2 },
    }) as LayerSpecification
  return [
    {
      id: 'shapes-fill',
      type: 'fill',
      source: 'shapes',
      paint: { 'fill-color': tokens.accent, 'fill-opacity': ['case', ['get', 'chosen'], 0.32, 0.06] },
    } as unknown as LayerSpecification,
    { id: 'shapes-line', type: 'line', source: 'shapes', paint: { 'line-color': tokens.accent, 'line-width': 2 } },
    { id: 'draft-fill', type: 'fill', source: 'draft', paint: { 'fill-color': tokens.late, 'fill-opacity': 0.14 } },
    { id: 'draft-line', type: 'line', source: 'draft', paint: { 'line-color': tokens.late, 'line-width': 2.5, 'line-dasharray': [2, 1] } },
    handle('middles', true, 4, tokens.surface),
    handle('corners', false, 6, tokens.focus),
  ]
}
