import type { LayerSpecification, Map as LibreMap, StyleSpecification } from 'maplibre-gl'
import type { BaseMap } from './types.ts'

/** Below this layer of ours everything of the base map lies. */
const BELOW = 'district-fill'
/** How much of the base map the districts' own colour lets through. */
const VEIL = 0.35

/** Reads a style from elsewhere and lays its sources and layers below ours; its words are written with the reader's own fonts. Throws where it cannot be read. */
export async function addBaseMap(map: LibreMap, { style }: BaseMap): Promise<void> {
  const response = await fetch(style, { credentials: 'omit' })
  if (!response.ok) throw new Error(`MAP_STYLE ${response.status}`)
  const read = (await response.json()) as StyleSpecification
  const named = (id: string) => `base-${id}`
  for (const [id, source] of Object.entries(read.sources)) map.addSource(named(id), source)
  for (const layer of read.layers) map.addLayer(placed(layer, named), BELOW)
  map.setLayoutProperty('ground-dots', 'visibility', 'none')
  map.setPaintProperty(BELOW, 'fill-opacity', VEIL)
}

function placed(layer: LayerSpecification, named: (id: string) => string): LayerSpecification {
  return {
    ...layer,
    id: named(layer.id),
    ...('source' in layer && typeof layer.source === 'string' ? { source: named(layer.source) } : {}),
  } as LayerSpecification
}
