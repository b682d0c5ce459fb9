import type { Permission } from './permissions.ts'

/** Two permissions that are never held together (职责分离): by one post, or by one person over all posts held, stood in at or promised. */
export interface DutyConflict {
  readonly rule: string
  readonly within: 'person' | 'post'
  readonly permissions: readonly [Permission, Permission]
  readonly zh: string
  readonly en: string
}

const THREE = { zh: '系统、安全、审计三员分立', en: 'System, security and audit administrators are three people' }
const AXES = { zh: '受理、核查、结案与派遣、处置分开', en: 'Who files, checks or closes neither dispatches nor handles' }
const SCORED = { zh: '被考核者不得考核', en: 'Who is scored never scores' }

/**
 * The declared pairs. The three administrators (三权分立): MLPS level 3 (GB/T 22239-2019) and rights R8; they hold over everything that one person
 * does. The two axes and scoring hold within one post: in one case the workflow itself keeps people from deciding on their own work.
 */
export const DUTY_CONFLICTS: readonly DutyConflict[] = [
  { rule: 'system-security', within: 'person', permissions: ['platform.operate', 'people.edit'], ...THREE },
  { rule: 'system-audit', within: 'person', permissions: ['platform.operate', 'audit.read'], ...THREE },
  { rule: 'security-audit', within: 'person', permissions: ['people.edit', 'audit.read'], ...THREE },
  {
    rule: 'export-own',
    within: 'person',
    permissions: ['export.ask', 'export.approve'],
    zh: '申请导出者不得审批导出',
    en: 'Who asks for exports does not approve them',
  },
  {
    rule: 'reveal-own',
    within: 'person',
    permissions: ['reporter.reveal', 'privacy.review'],
    zh: '查看个人信息者不得复核查看行为',
    en: 'Who reveals personal data does not review reveals',
  },
  { rule: 'file-dispatch', within: 'post', permissions: ['cases.file', 'cases.dispatch'], ...AXES },
  { rule: 'file-handle', within: 'post', permissions: ['cases.file', 'cases.handle'], ...AXES },
  { rule: 'check-dispatch', within: 'post', permissions: ['cases.check', 'cases.dispatch'], ...AXES },
  { rule: 'check-handle', within: 'post', permissions: ['cases.check', 'cases.handle'], ...AXES },
  { rule: 'close-dispatch', within: 'post', permissions: ['cases.close', 'cases.dispatch'], ...AXES },
  { rule: 'close-handle', within: 'post', permissions: ['cases.close', 'cases.handle'], ...AXES },
  { rule: 'evaluate-handle', within: 'post', permissions: ['cases.evaluate', 'cases.handle'], ...SCORED },
  { rule: 'evaluate-close', within: 'post', permissions: ['cases.evaluate', 'cases.close'], ...SCORED },
]
