import type { Permission } from '@linli/contract/permissions'

const LOOK: readonly Permission[] = ['areas.read', 'catalog.read', 'cases.read', 'components.read']

/**
 * Roles (角色) as both cities bundle them. The two axes stay apart: who files, checks or closes neither dispatches nor handles, who
 * handles never scores, and who keeps the machine, the accounts and the audit trail are three (standards §1.1; rights R8). The data officer
 * (数据保护专员) decides on exports, reviews reveals and holds erasure back, and reads no case.
 */
export const roles: Readonly<Record<string, readonly Permission[]>> = {
  acceptor: [
    ...LOOK,
    'cases.close',
    'cases.file',
    'cases.link',
    'cases.note',
    'cases.void',
    'dispatch.read',
    'insight.read',
    'intake.report',
    'reporter.read',
    'reporter.edit',
    'reporter.reveal',
  ],
  dispatcher: [...LOOK, 'cases.approve', 'cases.dispatch', 'cases.note', 'cases.pause', 'dispatch.read', 'insight.read', 'reporter.emergency'],
  manager: [...LOOK, 'dispatch.read', 'cases.accept', 'cases.note', 'cases.whistle', 'insight.read', 'export.ask', 'reporter.emergency'],
  handler: [...LOOK, 'dispatch.read', 'cases.handle', 'cases.note', 'reporter.emergency'],
  'grid-worker': [...LOOK, 'field.work', 'patrol.do', 'patrol.read', 'cases.check', 'cases.note', 'cases.verify', 'intake.report'],
  evaluator: [...LOOK, 'cases.evaluate', 'insight.read', 'export.ask'],
  supervisor: [
    ...LOOK,
    'field.roster',
    'patrol.manage',
    'patrol.read',
    'cases.approve',
    'cases.arbitrate',
    'cases.confirm',
    'cases.note',
    'cases.reopen',
    'cases.supervise',
    'dispatch.read',
    'insight.read',
    'export.ask',
  ],
  administrator: [
    'areas.edit',
    'areas.read',
    'catalog.publish',
    'catalog.read',
    'components.edit',
    'components.read',
    'dispatch.read',
    'intake.import',
    'patrol.publish',
    'patrol.read',
    'platform.operate',
  ],
  'security-administrator': ['areas.read', 'people.edit', 'people.read'],
  auditor: ['audit.read', 'people.read', 'export.ask'],
  'data-officer': ['areas.read', 'export.approve', 'privacy.hold', 'privacy.review'],
}
