/** Every permission that code may test (权限). Roles are bundles of these in city data. */
export const PERMISSIONS = [
  'areas.read',
  'areas.edit',
  'audit.read',
  'cases.accept',
  'cases.check',
  'cases.close',
  'cases.dispatch',
  'cases.evaluate',
  'cases.file',
  'cases.handle',
  'cases.note',
  'cases.read',
  'cases.reopen',
  'cases.verify',
  'cases.void',
  'catalog.publish',
  'catalog.read',
  'components.edit',
  'components.read',
  'dispatch.read',
  'insight.read',
  'intake.import',
  'intake.report',
  'people.read',
  'platform.operate',
  'reporter.read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** The purposes for which a personal record may be read (处理目的), as the processing register lists them. */
export const PURPOSES = {
  'handle-case': { zh: '办理案件', en: 'Handling the case', basis: '个人信息保护法 13(3), 34' },
  'contact-reporter': { zh: '联系上报人', en: 'Contacting the reporter', basis: '个人信息保护法 13(3), 34' },
  supervise: { zh: '监督考核', en: 'Supervision and evaluation', basis: '个人信息保护法 34' },
  'security-audit': { zh: '安全审计', en: 'Security audit', basis: '网络安全法 21' },
  'own-account': { zh: '本人账户', en: 'One’s own account', basis: '个人信息保护法 45' },
} as const
export type Purpose = keyof typeof PURPOSES
