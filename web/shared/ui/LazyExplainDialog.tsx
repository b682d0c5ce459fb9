import { lazy } from 'react'

/** The account of a deadline in a chunk of its own: few look at it, and then in peace. */
export const LazyExplainDialog = lazy(() => import('./explain/ExplainDialog.tsx'))
