import { lazy } from 'react'

/** The form of a report in a chunk of its own, with the antd parts that it needs. */
export const LazyReportForm = lazy(() => import('./report-form/ReportForm.tsx'))
