import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { mix, type Tokens } from '../theme/index.ts'
import type { MapLayers } from './types.ts'

/** Fonts of the reader's own device: no glyph server is asked, for Chinese or for Latin. */
export const MAP_FONT = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'
const EMPTY = { type: 'FeatureCollection' as const, features: [] }
const lastDigit = ['%', ['to-number', ['slice', ['get', 'code'], 5, 6], 0], 4]

/** The layers that can be switched, and by which choice. */
const SWITCHED: Readonly<Record<string, keyof MapLayers>> = {
  'single-line': 'grids',
  'basic-line': 'grids',
  'dedicated-line': 'dedicated',
  heat: 'heat',
  'heat-count': 'heat',
  components: 'components',
  'component-name': 'components',
  workers: 'workers',
  pins: 'cases',
  ended: 'cases',
  clusters: 'cases',
  'cluster-count': 'cases',
}
const isOn = (id: string, layers: MapLayers) => {
  const choice = SWITCHED[id]
  return choice === undefined || (layers[choice] ?? choice === 'cases')
}

/** The whole style: the city's own tiles and nothing from outside; `tilesUrl` is the address below which all tiles lie. */
export function styleOf(tokens: Tokens, tilesUrl: string, layers: MapLayers): StyleSpecification {
  return {
    version: 8,
    sources: {
      areas: { type: 'vector', tiles: [`${tilesUrl}/areas/{z}/{x}/{y}`], minzoom: 5, maxzoom: 16 },
      components: { type: 'vector', tiles: [`${tilesUrl}/components/{z}/{x}/{y}`], minzoom: 7, maxzoom: 16 },
      density: { type: 'vector', tiles: [`${tilesUrl}/cases/{z}/{x}/{y}`], minzoom: 6, maxzoom: 15 },
      workers: { type: 'geojson', data: EMPTY },
      labels: { type: 'geojson', data: EMPTY },
      pins: {
        type: 'geojson',
        data: EMPTY,
        cluster: true,
        clusterRadius: 44,
        clusterMaxZoom: 15,
        clusterProperties: { late: ['+', ['case', ['get', 'overdue'], 1, 0]] },
      },
      ended: { type: 'geojson', data: EMPTY },
      focus: { type: 'geojson', data: EMPTY },
    },
    layers: [
      ...groundLayers(tokens),
      ...areaLayers(tokens),
      ...heatLayers(tokens),
      ...componentLayers(tokens),
      ...labelLayers(tokens),
      ...workerLayers(tokens),
      ...pinLayers(tokens),
      ...focusLayers(tokens),
    ].map((layer) => switched(layer, isOn(layer.id, layers))),
  }
}

/** The layer with what can be switched said on it, so that it can be switched on again. */
function switched(layer: LayerSpecification, on: boolean): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: on ? 'visible' : 'none' } } as LayerSpecification
}

function groundLayers(tokens: Tokens): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': tokens.ground } },
    { id: 'ground-dots', type: 'background', paint: { 'background-pattern': 'dots', 'background-opacity': tokens.dark ? 0.55 : 0.7 } },
  ]
}

function areaLayers(tokens: Tokens): LayerSpecification[] {
  const land = tokens.dark ? '#16202a' : '#ffffff'
  const tint = (share: number) => mix(land, tokens.accentFill, share)
  const [a, b, c, d] = tokens.dark ? [0.1, 0.17, 0.24, 0.04] : [0.07, 0.15, 0.02, 0.22]
  const line = (
    id: string,
    source: string,
    color: string,
    width: unknown,
    more: Partial<{ minzoom: number; dash: number[]; opacity: unknown }> = {},
  ): LayerSpecification =>
    ({
      id,
      type: 'line',
      source: 'areas',
      'source-layer': source,
      ...(more.minzoom === undefined ? {} : { minzoom: more.minzoom }),
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': color,
        'line-width': width,
        ...(more.opacity === undefined ? {} : { 'line-opacity': more.opacity }),
        ...(more.dash ? { 'line-dasharray': more.dash } : {}),
      },
    }) as LayerSpecification
  const fade = (from: number, to: number, opacity: number) => ['interpolate', ['linear'], ['zoom'], from, 0, to, opacity]
  const fine = mix(land, tokens.textFaint, tokens.dark ? 0.42 : 0.5)
  return [
    {
      id: 'district-fill',
      type: 'fill',
      source: 'areas',
      'source-layer': 'district',
      paint: { 'fill-antialias': false, 'fill-color': ['match', lastDigit, 0, tint(d), 1, tint(a), 2, tint(b), tint(c)] },
    } as unknown as LayerSpecification,
    {
      id: 'area-chosen',
      type: 'fill',
      source: 'areas',
      'source-layer': 'district',
      filter: ['==', ['get', 'code'], ''],
      paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.16 },
    },
    line('single-line', 'single', fine, 0.6, { minzoom: 13.2, opacity: fade(13.2, 14.2, 0.55) }),
    line('basic-line', 'basic', fine, 0.9, { minzoom: 11.4, opacity: fade(11.4, 12.6, 0.7) }),
    line('community-line', 'community', mix(land, tokens.textFaint, 0.6), 1.1, { minzoom: 11, opacity: fade(11, 12, 0.8) }),
    line('street-line', 'street', mix(land, tokens.textSoft, 0.55), ['interpolate', ['linear'], ['zoom'], 9, 0.7, 14, 1.8], { dash: [3, 2] }),
    line('dedicated-line', 'dedicated', tokens.steps.dispatch, 1.4, { minzoom: 11, dash: [1, 2] }),
    line('district-glow', 'district', tokens.accent, ['interpolate', ['linear'], ['zoom'], 8, 7, 14, 14], { opacity: tokens.dark ? 0.13 : 0.1 }),
    line('district-line', 'district', tokens.accent, ['interpolate', ['linear'], ['zoom'], 8, 1, 14, 2.4], { opacity: 0.85 }),
    {
      id: 'area-chosen-line',
      type: 'line',
      source: 'areas',
      'source-layer': 'district',
      filter: ['==', ['get', 'code'], ''],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.accent, 'line-width': 2.5 },
    },
  ]
}

function labelLayers(tokens: Tokens): LayerSpecification[] {
  const sizes = (...[from, small, to, large]: readonly [number, number, number, number]) => [
    'interpolate',
    ['linear'],
    ['zoom'],
    from,
    small * tokens.mapScale,
    to,
    large * tokens.mapScale,
  ]
  const label = (level: string, size: unknown, color: string, minzoom: number, maxzoom: number, spacing: number): LayerSpecification =>
    ({
      id: `label-${level}`,
      type: 'symbol',
      source: 'labels',
      minzoom,
      maxzoom,
      filter: ['==', ['get', 'level'], level],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['sans-serif'],
        'text-size': size,
        'text-letter-spacing': spacing,
        'text-max-width': 8,
        'text-padding': 4,
        'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
        'text-radial-offset': 1.1,
        'text-overlap': level === 'district' ? 'always' : 'never',
      },
      paint: {
        'text-color': color,
        'text-halo-color': tokens.ground,
        'text-halo-width': 1.4,
        'text-opacity': level === 'district' ? ['interpolate', ['linear'], ['zoom'], 12.5, 1, 13.6, 0.35] : 1,
      },
    }) as LayerSpecification
  return [
    label('community', sizes(12, 11, 15, 14), tokens.textFaint, 12.2, 24, 0),
    label('street', sizes(10, 12, 14, 16), tokens.textSoft, 10.2, 24, 0.04),
    label('district', sizes(8, 14, 12, 22), tokens.text, 6, 14, 0.16),
  ]
}

/** Where open cases lie close together; the numbers stand there too, because colour alone says nothing to some. */
function heatLayers(tokens: Tokens): LayerSpecification[] {
  const warm = mix(tokens.accent, tokens.late, 0.5)
  const clear = (color: string, share: number) =>
    `${color}${Math.round(share * 255)
      .toString(16)
      .padStart(2, '0')}`
  return [
    {
      id: 'heat',
      type: 'heatmap',
      source: 'density',
      'source-layer': 'density',
      paint: {
        'heatmap-weight': ['interpolate', ['linear'], ['get', 'n'], 0, 0, 1, 0.45, 10, 0.8, 60, 1],
        'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 8, 1, 14, 1.8],
        'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 8, 14, 11, 26, 15, 44],
        'heatmap-color': [
          'interpolate',
          ['linear'],
          ['heatmap-density'],
          0,
          clear(tokens.accent, 0),
          0.2,
          clear(tokens.accent, 0.35),
          0.6,
          clear(warm, 0.6),
          1,
          clear(tokens.late, 0.8),
        ],
        'heatmap-opacity': 0.85,
      },
    } as unknown as LayerSpecification,
    {
      id: 'heat-count',
      type: 'symbol',
      source: 'density',
      'source-layer': 'density',
      minzoom: 10,
      filter: ['>', ['get', 'n'], 1],
      layout: {
        'text-field': ['to-string', ['get', 'n']],
        'text-font': ['sans-serif'],
        'text-size': 12 * tokens.mapScale,
        'text-padding': 10,
        'symbol-sort-key': ['-', 0, ['get', 'n']],
      },
      paint: { 'text-color': tokens.text, 'text-halo-color': tokens.ground, 'text-halo-width': 1.4 },
    } as unknown as LayerSpecification,
  ]
}

function componentLayers(tokens: Tokens): LayerSpecification[] {
  const broken = ['in', ['get', 'state'], ['literal', ['damaged', 'missing']]]
  const radius = (single: number) => ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, single, 20, single + 5, 60, single + 9]
  return [
    {
      id: 'components',
      type: 'circle',
      source: 'components',
      'source-layer': 'component',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, radius(1), 13, radius(1.6), 15, 3, 18, 6],
        'circle-color': tokens.steps.handle,
        'circle-opacity': 0.75,
        // A broken one has a thick edge as well as another colour.
        'circle-stroke-width': ['case', broken, 2.5, 0],
        'circle-stroke-color': tokens.late,
      },
    } as unknown as LayerSpecification,
    {
      id: 'component-name',
      type: 'symbol',
      source: 'components',
      'source-layer': 'component',
      minzoom: 16.5,
      layout: { 'text-field': ['get', 'name'], 'text-font': ['sans-serif'], 'text-size': 11 * tokens.mapScale, 'text-offset': [0, 1], 'text-anchor': 'top' },
      paint: { 'text-color': tokens.textSoft, 'text-halo-color': tokens.ground, 'text-halo-width': 1.2 },
    } as unknown as LayerSpecification,
  ]
}

function workerLayers(tokens: Tokens): LayerSpecification[] {
  const shown = (level: string, minzoom: number, maxzoom: number) => [
    'all',
    ['==', ['get', 'level'], level],
    ['>=', ['zoom'], minzoom],
    ['<', ['zoom'], maxzoom],
  ]
  return [
    {
      id: 'workers',
      type: 'symbol',
      source: 'workers',
      filter: ['any', shown('district', 0, 10), shown('street', 10, 13), shown('community', 13, 24)],
      layout: {
        'icon-image': 'worker',
        'icon-size': tokens.mapScale,
        'icon-allow-overlap': true,
        'text-field': [
          'case',
          ['>', ['get', 'uncovered'], 0],
          ['concat', ['to-string', ['get', 'onShift']], '  ! ', ['to-string', ['get', 'uncovered']]],
          ['to-string', ['get', 'onShift']],
        ],
        'text-font': ['sans-serif'],
        'text-size': 13 * tokens.mapScale,
        'text-anchor': 'left',
        'text-offset': [1, 0],
        'text-optional': true,
      },
      paint: { 'text-color': tokens.text, 'text-halo-color': tokens.surface, 'text-halo-width': 2 },
    } as unknown as LayerSpecification,
  ]
}

function focusLayers(tokens: Tokens): LayerSpecification[] {
  return [
    {
      id: 'focus-ring',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['get', 'kind'], 'case'],
      paint: { 'circle-radius': 20, 'circle-color': tokens.surface, 'circle-opacity': 0.9, 'circle-stroke-color': tokens.text, 'circle-stroke-width': 2 },
    },
    {
      id: 'focus-sign',
      type: 'symbol',
      source: 'focus',
      filter: ['==', ['get', 'kind'], 'case'],
      layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true },
    },
    {
      id: 'focus-spot',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['get', 'kind'], 'spot'],
      paint: { 'circle-radius': 5, 'circle-color': tokens.focus, 'circle-stroke-color': tokens.ground, 'circle-stroke-width': 2 },
    },
  ]
}

function pinLayers(tokens: Tokens): LayerSpecification[] {
  const late = ['>', ['get', 'late'], 0]
  const clusters = ['has', 'point_count']
  return [
    // Cases that have ended stay as small quiet signs: clusters count the open ones only.
    {
      id: 'ended',
      type: 'symbol',
      source: 'ended',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9.5, 0.32 * tokens.mapScale, 12, 0.55 * tokens.mapScale],
        'icon-padding': 0,
        'icon-ignore-placement': true,
        'icon-allow-overlap': true,
      },
      paint: { 'icon-opacity': 0.75 },
    } as LayerSpecification,
    {
      id: 'clusters',
      type: 'circle',
      source: 'pins',
      filter: clusters,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['get', 'point_count'], 2, 16 * tokens.mapScale, 30, 22 * tokens.mapScale, 300, 30 * tokens.mapScale],
        'circle-color': tokens.surface,
        'circle-opacity': 0.94,
        'circle-stroke-width': ['case', late, 2.5, 1.5],
        'circle-stroke-color': ['case', late, tokens.late, tokens.lineStrong],
      },
    } as unknown as LayerSpecification,
    {
      id: 'cluster-count',
      type: 'symbol',
      source: 'pins',
      filter: clusters,
      layout: {
        'text-field': [
          'case',
          late,
          [
            'format',
            ['to-string', ['get', 'point_count']],
            {},
            '\n',
            {},
            ['concat', '! ', ['to-string', ['get', 'late']]],
            { 'font-scale': 0.85, 'text-color': tokens.late },
          ],
          ['to-string', ['get', 'point_count']],
        ],
        'text-font': ['sans-serif'],
        'text-size': 13 * tokens.mapScale,
        'text-line-height': 1.05,
        'text-allow-overlap': true,
        'text-padding': 10,
      },
      paint: { 'text-color': tokens.text },
    } as unknown as LayerSpecification,
    {
      id: 'pins',
      type: 'symbol',
      source: 'pins',
      filter: ['!', clusters],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.8 * tokens.mapScale, 14, tokens.mapScale],
        'symbol-sort-key': ['case', ['get', 'overdue'], 1, 0],
      },
    } as unknown as LayerSpecification,
  ]
}
