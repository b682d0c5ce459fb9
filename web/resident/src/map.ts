import { Map as LibreMap, NavigationControl, Popup, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { Point } from './places.ts'

setWorkerUrl(workerUrl)

const NONE = { type: 'FeatureCollection' as const, features: [] }
/** The city's own tiles alone; names of areas are drawn with fonts of the device. */
const MOST_CASES = 600
const PAGE = 200

const colours = () =>
  matchMedia('(prefers-color-scheme: dark)').matches
    ? { ground: '#0d1316', land: '#1a2328', line: '#51636c', text: '#eef3f3', halo: '#0d1316' }
    : { ground: '#dfe7e3', land: '#ffffff', line: '#93a59d', text: '#14211c', halo: '#ffffff' }

function styleOf(): StyleSpecification {
  const { ground, land, line, text, halo } = colours()
  const accent = getComputedStyle(document.documentElement).getPropertyValue('--brand').trim() || '#1f6f5c'
  const edge = (id: string, width: number, minzoom: number) => ({
    id: `${id}-line`,
    type: 'line' as const,
    source: 'areas',
    'source-layer': id,
    minzoom,
    paint: { 'line-color': id === 'district' ? accent : line, 'line-width': width },
  })
  return {
    version: 8,
    sources: {
      areas: { type: 'vector', tiles: [`${location.origin}/tiles/areas/{z}/{x}/{y}`], minzoom: 5, maxzoom: 16 },
      names: { type: 'geojson', data: NONE },
      cases: { type: 'geojson', data: NONE, cluster: true, clusterRadius: 40, clusterMaxZoom: 15 },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground } },
      { id: 'land', type: 'fill', source: 'areas', 'source-layer': 'district', paint: { 'fill-color': land } },
      edge('basic', 0.5, 13),
      edge('community', 0.8, 12),
      edge('street', 1.2, 9),
      edge('district', 2, 5),
      {
        id: 'names',
        type: 'symbol',
        source: 'names',
        layout: { 'text-field': ['get', 'name'], 'text-font': ['sans-serif'], 'text-size': 15 },
        paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.5 },
      },
      {
        id: 'cases',
        type: 'circle',
        source: 'cases',
        paint: {
          'circle-color': ['case', ['==', ['get', 'closed'], true], '#0b6149', '#b45309'],
          'circle-radius': ['case', ['has', 'point_count'], 18, 10],
          'circle-stroke-color': '#ffffff',
          'circle-stroke-width': 2,
        },
      },
      {
        id: 'counts',
        type: 'symbol',
        source: 'cases',
        layout: {
          'text-field': ['coalesce', ['get', 'point_count_abbreviated'], ['case', ['==', ['get', 'closed'], true], '✓', '']],
          'text-font': ['sans-serif'],
          'text-size': 14,
          'text-allow-overlap': true,
        },
        paint: { 'text-color': '#ffffff' },
      },
    ],
  }
}

interface AreaRow {
  readonly code: string
  readonly name: string
  readonly center: Point
}

async function openMap(container: HTMLElement): Promise<LibreMap> {
  const city = (await (await fetch('/api/v1/city')).json()) as { bbox: [number, number, number, number] }
  const map = new LibreMap({
    container,
    style: styleOf(),
    bounds: city.bbox,
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    localIdeographFontFamily: '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif',
    fadeDuration: 0,
  })
  map.addControl(new NavigationControl({ showCompass: false }))
  map.touchZoomRotate.disableRotation()
  await new Promise<void>((resolve) => map.once('load', () => resolve()))
  void nameAreas(map)
  return map
}

/** Writes the names of districts and street offices, two levels below the city. */
async function nameAreas(map: LibreMap): Promise<void> {
  const rows = async (parent: string): Promise<readonly AreaRow[]> => {
    const response = await fetch(`/api/v1/areas?limit=200${parent === '' ? '' : `&parent=${parent}`}`)
    return response.ok ? ((await response.json()) as { rows: readonly AreaRow[] }).rows : []
  }
  const roots = await rows('')
  const districts = (await Promise.all(roots.map(({ code }) => rows(code)))).flat()
  // Street offices of two districts may have the same name.
  const streets = (
    await Promise.all(districts.map(async (district) => (await rows(district.code)).map((street) => ({ ...street, name: `${district.name}\n${street.name}` }))))
  ).flat()
  const features = streets.map(({ name, center: { lon, lat } }) => ({
    type: 'Feature' as const,
    properties: { name },
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  }))
  map.getSource<GeoJSONSource>('names')?.setData({ type: 'FeatureCollection', features })
}

/** A map to point at with the cross in its middle; opens where a place was chosen before, else on the whole city. */
export async function openPicker(container: HTMLElement, start: Point | undefined): Promise<{ centre(): Point }> {
  const map = await openMap(container)
  if (start) map.jumpTo({ center: [start.lon, start.lat], zoom: 15 })
  container.dataset['ready'] = 'yes'
  return {
    centre: () => {
      const { lng, lat } = map.getCenter()
      return { lon: lng, lat }
    },
  }
}

interface PublicRow {
  readonly number: string
  readonly matterName: string
  readonly closed: boolean
  readonly position: Point | null
}

/** The public cases on the map, the newest of them; how many it shows. Each stands on the middle of its grid. */
export async function openPublicMap(container: HTMLElement, { area, which }: { area: string; which: string }): Promise<number> {
  const map = await openMap(container)
  const found: PublicRow[] = []
  let cursor: string | null = ''
  while (cursor !== null && found.length < MOST_CASES) {
    const query: string = `limit=${String(PAGE)}${area === '' ? '' : `&area=${area}`}${which === 'all' ? '' : `&closed=${String(which === 'closed')}`}${cursor === '' ? '' : `&cursor=${cursor}`}`
    const response = await fetch(`/api/v1/public-cases?${query}`)
    if (!response.ok) break
    const page = (await response.json()) as { rows: PublicRow[]; next: string | null }
    found.push(...page.rows)
    cursor = page.next
  }
  const placed = found.flatMap(({ position, ...row }) => (position ? [{ ...row, position }] : []))
  const features = placed.map(({ number, matterName, closed, position }) => ({
    type: 'Feature' as const,
    properties: { number, matterName, closed },
    geometry: { type: 'Point' as const, coordinates: [position.lon, position.lat] },
  }))
  map.getSource<GeoJSONSource>('cases')?.setData({ type: 'FeatureCollection', features })
  map.on('click', 'cases', ({ features: hit = [], lngLat }) => {
    const [first] = hit
    if (!first) return
    if (first.properties['point_count'] !== undefined && map.getZoom() < 15) return void map.easeTo({ center: lngLat, zoom: map.getZoom() + 2 })
    const here = placed.filter(({ number }) => hit.some((one) => one.properties['number'] === number))
    const list = document.createElement('ul')
    list.append(...(here.length > 0 ? here : []).map(linkTo))
    if (here.length > 0) new Popup({ maxWidth: '280px' }).setLngLat(lngLat).setDOMContent(list).addTo(map)
  })
  container.dataset['ready'] = 'yes'
  return placed.length
}

function linkTo({ number, matterName }: { number: string; matterName: string }): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = `/r/cases/${number}`
  link.textContent = `${matterName} ${number}`
  item.append(link)
  return item
}
