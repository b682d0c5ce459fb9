export type { CityMapProps, MapHandle } from './CityMapView.tsx'
export { LazyCityMap } from './LazyCityMap.tsx'
export type { AreaLabel, Box, Inset, MapLayers, MapTarget, Pin } from './types.ts'
