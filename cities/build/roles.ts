import type { Permission } from '@linli/contract/permissions'

const LOOK: readonly Permission[] = ['areas.read', 'catalog.read', 'cases.read', 'components.read']

/**
 * Roles (角色) as both cities bundle them. The two axes stay apart: who files, checks or closes neither dispatches nor handles, who
 * handles never scores, and who keeps the machine, the accounts and the audit trail are three (standards §1.1; rights R8).
 */
export const roles: Readonly<Record<string, readonly Permission[]>> = {
  acceptor: [...LOOK, 'cases.close', 'cases.file', 'cases.note', 'cases.void', 'dispatch.read', 'insight.read', 'intake.report', 'reporter.read'],
  dispatcher: [...LOOK, 'cases.dispatch', 'cases.note', 'dispatch.read', 'insight.read'],
  manager: [...LOOK, 'cases.accept', 'cases.note', 'insight.read'],
  handler: [...LOOK, 'cases.handle', 'cases.note'],
  'grid-worker': [...LOOK, 'cases.check', 'cases.note', 'cases.verify', 'intake.report'],
  evaluator: [...LOOK, 'cases.evaluate', 'insight.read'],
  supervisor: [...LOOK, 'cases.note', 'cases.reopen', 'dispatch.read', 'insight.read'],
  administrator: [
    'areas.edit',
    'areas.read',
    'catalog.publish',
    'catalog.read',
    'components.edit',
    'components.read',
    'dispatch.read',
    'intake.import',
    'platform.operate',
  ],
  'security-administrator': ['areas.read', 'people.read'],
  auditor: ['audit.read', 'people.read'],
}
