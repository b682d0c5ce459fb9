import { lazy } from 'react'

/** The map of boundaries, fetched when it is first shown. */
export const LazyBoundaryMap = lazy(() => import('./BoundaryMapView.tsx'))
