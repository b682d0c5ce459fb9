import { lazy } from 'react'

/** The form of a move in a chunk of its own, with the antd parts that it needs. */
export const LazyMoveForm = lazy(() => import('./move-form/MoveForm.tsx'))
