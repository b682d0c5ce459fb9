import type { Workflow } from '../workflow.ts'
import { jointEvent1 } from './joint-event-1.ts'
import { jointEvent } from './joint-event.ts'

/** Every workflow in the version that new cases open with. */
export const workflows: Readonly<Record<string, Workflow>> = { [jointEvent.name]: jointEvent }

/** Every version that a case may have opened with and still runs by. */
export const workflowVersions: readonly Workflow[] = [jointEvent1, jointEvent]

/** The workflow that a case opened with, or undefined. */
export function findWorkflow(name: string, version: number): Workflow | undefined {
  return workflowVersions.find((workflow) => workflow.name === name && workflow.version === version)
}
