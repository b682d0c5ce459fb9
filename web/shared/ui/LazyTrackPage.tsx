import { lazy } from 'react'

/** The page for reporters in a chunk of its own: they need nothing of the room, and the room nothing of it. */
export const LazyTrackPage = lazy(() => import('./track/TrackPage.tsx'))
