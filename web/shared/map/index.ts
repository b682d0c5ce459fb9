export type { CityMapProps, MapHandle } from './CityMapView.tsx'
export { LazyCityMap } from './LazyCityMap.tsx'
export type { AreaLabel, Box, Inset, MapLayers, Pin } from './types.ts'
