export type { CityMapProps, MapHandle } from './CityMapView.tsx'
export { boxAround, SmallMap } from './SmallMap.tsx'
export { LazyCityMap } from './LazyCityMap.tsx'
export type { AreaLabel, Box, Inset, MapLayers, MapMark, MapTarget, Pin } from './types.ts'
