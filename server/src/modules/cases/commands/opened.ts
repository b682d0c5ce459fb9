import type { Workflow } from '@linli/contract/workflow'
import { findWorkflow } from '@linli/contract/workflows/all'
import type { CaseRecord, OpeningFacts } from '../store.ts'

/** The facts with which a stored case opened. */
export const openingOf = (row: CaseRecord): OpeningFacts => ({
  districtId: row.district_id,
  id: row.id,
  number: row.number,
  workflow: row.workflow,
  workflowVersion: row.workflow_version,
  channel: row.channel,
  title: row.title,
  openedAt: row.opened_at,
})

/** The workflow that a case opened with, in the version of that day. */
export function workflowOf(row: Pick<CaseRecord, 'workflow' | 'workflow_version'>): Workflow {
  const workflow = findWorkflow(row.workflow, row.workflow_version)
  if (!workflow) throw new Error(`WORKFLOW_UNKNOWN ${row.workflow} ${row.workflow_version}`)
  return workflow
}
