import { LngLatBounds, Map as LibreMap, Marker, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Tokens } from '../theme/index.ts'
import { isEnded, signOf } from '../ui/signs.ts'
import { drawImages, iconOf } from './images.ts'
import { MAP_FONT, styleOf } from './style.ts'
import { addBaseMap } from './base-map.ts'
import type { AreaLabel, BaseMap, Box, Inset, MapEvents, MapLayers, MapMark, MapTarget, Pin, WorkerCount } from './types.ts'

setWorkerUrl(workerUrl)

export interface CityMapParts {
  readonly container: HTMLElement
  readonly box: Box
  readonly tokens: Tokens
  /** The address below which the tiles lie. */
  readonly tilesUrl: string
  readonly inset: Inset
  readonly layers: MapLayers
  readonly base?: BaseMap | undefined
  /** Called when the base map cannot be read. */
  onBaseFailed?(): void
  readonly calm: boolean
  readonly events: MapEvents
}

/** The one map of the program (城市地图); what it shows is set, what happens on it is told. */
export interface CityMap {
  setPins(pins: readonly Pin[]): void
  setLabels(labels: readonly AreaLabel[]): void
  setWorkers(workers: readonly WorkerCount[]): void
  /** Asks anew for where open cases lie close together, once for each moment that the screen names. */
  renewHeat(moment: string): void
  setTokens(tokens: Tokens): void
  setLayers(layers: MapLayers): void
  setInset(inset: Inset): void
  /** Marks the chosen case and the point that was asked about. */
  setFocus(focus: { readonly pin: Pin | undefined; readonly spot: { lon: number; lat: number } | undefined }): void
  /** Places with a letter each. */
  setMarks(marks: readonly MapMark[]): void
  /** Marks an area: the tile layer it lies in and its code. */
  setArea(area: { readonly layer: string; readonly code: string } | undefined): void
  /** Moves the map to a box, a point or the whole city, within what panels leave free. */
  goTo(target: MapTarget): void
  zoomBy(steps: number): void
  /** A short ring where a case has just moved. */
  pulse(lon: number, lat: number, color: string): void
  remove(): void
}

const PULSE_MS = 1_800
const PULSES_AT_ONCE = 24
const PIN_LAYERS = ['pins', 'clusters', 'ended'] as const
const ICON_LAYERS = ['pins', 'ended'] as const

/** Opens the map; throws where the browser has no WebGL. */
export function openCityMap(parts: CityMapParts): CityMap {
  let { tokens, inset, layers } = parts
  const [west, south, east, north] = parts.box
  // Panels may cover most of a small screen: the map must be able to move the city out from under them.
  const [dx, dy] = [(east - west) * 6, (north - south) * 6]
  const map = new LibreMap({
    container: parts.container,
    style: styleOf(tokens, parts.tilesUrl, layers),
    localIdeographFontFamily: MAP_FONT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    renderWorldCopies: false,
    maxZoom: 18,
    fadeDuration: parts.calm ? 0 : 200,
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: { ...inset } },
    maxBounds: [west - dx, south - dy, east + dx, north + dy],
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  drawImages(map, tokens)
  let pins: readonly Pin[] = []
  let ready = false
  // Until somebody moves the map by hand, it keeps the whole city in the part that panels leave free.
  let untouched = true
  const waiting: (() => void)[] = []
  const whenReady = (act: () => void) => {
    if (ready) act()
    else waiting.push(act)
  }
  map.once('load', () => {
    ready = true
    for (const act of waiting.splice(0)) act()
    tellView()
    if (parts.base) addBaseMap(map, parts.base).catch(() => parts.onBaseFailed?.())
  })

  const source = (name: string) => map.getSource<GeoJSONSource>(name)
  const tellView = () => {
    const { clientWidth: width, clientHeight: height } = map.getContainer()
    const bounds = new LngLatBounds(
      map.unproject([inset.left, Math.max(inset.top + 1, height - inset.bottom)]),
      map.unproject([Math.max(inset.left + 1, width - inset.right), inset.top]),
    )
    parts.events.onView([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()])
  }
  const take = async (event: MapMouseEvent) => {
    const [hit] = map.queryRenderedFeatures(
      [
        [event.point.x - 6, event.point.y - 6],
        [event.point.x + 6, event.point.y + 6],
      ],
      { layers: [...PIN_LAYERS] },
    )
    if (!hit) return parts.events.onPoint(event.lngLat.lng, event.lngLat.lat)
    const id: unknown = hit.properties['id']
    if (typeof id === 'string') return parts.events.onPin(id)
    const zoom = await source('pins')?.getClusterExpansionZoom(Number(hit.properties['cluster_id']))
    if (zoom !== undefined && hit.geometry.type === 'Point')
      map.easeTo({ center: [hit.geometry.coordinates[0] ?? 0, hit.geometry.coordinates[1] ?? 0], zoom: Math.min(zoom + 0.2, 18), animate: !parts.calm })
  }
  map.on('click', (event) => void take(event))
  // Whoever has no pointer moves the map with the arrow keys and asks about its middle.
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    const { clientWidth: width, clientHeight: height } = map.getContainer()
    const { lng, lat } = map.unproject([(inset.left + width - inset.right) / 2, (inset.top + height - inset.bottom) / 2])
    parts.events.onPoint(lng, lat)
  })
  map.on('movestart', (event) => {
    if ('originalEvent' in event && event.originalEvent) untouched = false
  })
  map.on('moveend', () => ready && tellView())
  for (const layer of ICON_LAYERS) {
    map.on('mousemove', layer, (event) => {
      map.getCanvas().style.cursor = 'pointer'
      const pin = pins.find((candidate) => candidate.id === event.features?.[0]?.properties['id'])
      parts.events.onHover(pin && { pin, x: event.point.x, y: event.point.y })
    })
    map.on('mouseleave', layer, () => {
      map.getCanvas().style.cursor = ''
      parts.events.onHover(undefined)
    })
  }
  map.on('mouseenter', 'clusters', () => {
    map.getCanvas().style.cursor = 'pointer'
  })
  map.on('mouseleave', 'clusters', () => {
    map.getCanvas().style.cursor = ''
  })

  const repaint = () => {
    for (const layer of styleOf(tokens, parts.tilesUrl, layers).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as 'fill-color', value)
      for (const [name, value] of Object.entries(layer.layout ?? {})) map.setLayoutProperty(layer.id, name as 'visibility', value as 'visible')
    }
  }
  const fit = ([w, s, e, n]: Box) => map.fitBounds([w, s, e, n], { padding: { ...inset }, maxZoom: 16, animate: !parts.calm, duration: 700 })
  let pulses = 0
  let heatOf = ''
  let marked: readonly Marker[] = []
  return {
    setPins: (next) => {
      pins = next
      const show = (name: string, shown: readonly Pin[]) =>
        source(name)?.setData({
          type: 'FeatureCollection',
          features: shown.map((pin) => pointOf(pin, { id: pin.id, icon: iconOf(signOf(pin.step, pin.state), pin.overdue), overdue: pin.overdue })),
        })
      whenReady(() => {
        show(
          'pins',
          pins.filter((pin) => !isEnded(pin.state)),
        )
        show(
          'ended',
          pins.filter((pin) => isEnded(pin.state)),
        )
      })
    },
    setLabels: (labels) =>
      whenReady(() =>
        source('labels')?.setData({ type: 'FeatureCollection', features: labels.map((label) => pointOf(label, { name: label.name, level: label.level })) }),
      ),
    setWorkers: (workers) =>
      whenReady(() =>
        source('workers')?.setData({
          type: 'FeatureCollection',
          features: workers.map((one) => pointOf(one, { level: one.level, onShift: one.onShift, uncovered: one.uncovered })),
        }),
      ),
    renewHeat: (moment) => {
      if (moment === heatOf) return
      heatOf = moment
      whenReady(() => layers.heat && map.refreshTiles('density'))
    },
    setTokens: (next) => {
      tokens = next
      whenReady(() => {
        drawImages(map, tokens)
        repaint()
      })
    },
    setLayers: (next) => {
      layers = next
      whenReady(repaint)
    },
    setInset: (next) => {
      inset = next
      whenReady(() => (untouched ? fit(parts.box) : tellView()))
    },
    setFocus: ({ pin, spot }) =>
      whenReady(() =>
        source('focus')?.setData({
          type: 'FeatureCollection',
          features: [
            ...(pin ? [pointOf(pin, { kind: 'case', icon: iconOf(signOf(pin.step, pin.state), pin.overdue) })] : []),
            ...(spot ? [pointOf(spot, { kind: 'spot' })] : []),
          ],
        }),
      ),
    setMarks: (marks) => {
      for (const marker of marked) marker.remove()
      marked = marks.map(({ lon, lat, text }) => {
        const element = document.createElement('div')
        element.className = 'map-mark'
        element.textContent = text
        return new Marker({ element, anchor: 'bottom' }).setLngLat([lon, lat]).addTo(map)
      })
    },
    setArea: (area) =>
      whenReady(() => {
        for (const id of ['area-chosen', 'area-chosen-line']) {
          const layer = map.getStyle().layers.find((candidate) => candidate.id === id)
          if (!layer) continue
          const above = id === 'area-chosen' ? 'single-line' : 'label-community'
          map.removeLayer(id)
          map.addLayer({ ...layer, 'source-layer': area?.layer ?? 'district', filter: ['==', ['get', 'code'], area?.code ?? ''] } as typeof layer, above)
        }
      }),
    goTo: (target) =>
      whenReady(() => {
        untouched = target === 'city'
        if (target === 'city') fit(parts.box)
        else if ('box' in target) fit(target.box)
        else map.easeTo({ center: [target.lon, target.lat], zoom: Math.max(map.getZoom(), 13), offset: offsetOf(inset), animate: !parts.calm, duration: 700 })
      }),
    zoomBy: (steps) => {
      untouched = false
      map.easeTo({ zoom: map.getZoom() + steps, offset: offsetOf(inset), animate: !parts.calm, duration: 250 })
    },
    pulse: (lon, lat, color) => {
      if (pulses >= PULSES_AT_ONCE || document.hidden) return
      pulses += 1
      const element = document.createElement('div')
      element.className = 'map-pulse'
      element.style.setProperty('--pulse', color)
      element.append(document.createElement('i'))
      const marker = new Marker({ element }).setLngLat([lon, lat]).addTo(map)
      setTimeout(() => {
        pulses -= 1
        marker.remove()
      }, PULSE_MS)
    },
    remove: () => map.remove(),
  }
}

function pointOf({ lon, lat }: { readonly lon: number; readonly lat: number }, properties: Record<string, unknown>): GeoJSON.Feature<GeoJSON.Point> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lon, lat] } }
}

/** How far the middle of the free part lies from the middle of the canvas, in pixels. */
function offsetOf(inset: Inset): [number, number] {
  return [(inset.left - inset.right) / 2, (inset.top - inset.bottom) / 2]
}
