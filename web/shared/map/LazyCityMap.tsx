import { lazy } from 'react'

/** The map in a chunk of its own: the rest of a screen does not wait for it. */
export const LazyCityMap = lazy(() => import('./CityMapView.tsx'))
