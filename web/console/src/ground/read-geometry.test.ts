import { expect, test } from 'vitest'
import { readGeometry } from './read-geometry.ts'

const polygon = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] } // prettier-ignore

test('a boundary is read from a geometry, a feature, and a collection of one', () => {
  const feature = { type: 'Feature', properties: {}, geometry: polygon }
  for (const value of [polygon, feature, { type: 'FeatureCollection', features: [feature] }]) expect(readGeometry(JSON.stringify(value))).toEqual(polygon)
})

test('half-pasted text, several features and what is no geometry are not read', () => {
  for (const text of ['', '{"type":"Poly', '[]', 'null', '{"type":"FeatureCollection","features":[]}', '{"type":"Polygon"}'])
    expect(readGeometry(text)).toBeUndefined()
})
