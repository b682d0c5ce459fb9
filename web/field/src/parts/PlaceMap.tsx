import { boxAround, SmallMap } from '@linli/web-shared/map'
import { useField } from '../store/state.ts'
import { GridSketch } from './GridSketch.tsx'

interface Point {
  readonly lon: number
  readonly lat: number
}

/** Where something is, on the city's map; without a network, on a sketch of one's own grids, which lies on the telephone. */
export function PlaceMap({ spot, onPoint }: { spot: Point; onPoint?: (lon: number, lat: number) => void }) {
  const { link } = useField()
  if (link === 'offline') return <GridSketch spot={spot} {...(onPoint ? { onPoint } : {})} />
  return <SmallMap box={boxAround([spot])} spot={spot} {...(onPoint ? { onPoint } : {})} />
}
