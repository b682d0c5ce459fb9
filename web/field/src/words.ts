import { deskDuties as dutiesEn } from '../../shared/i18n/en/console-duties.ts'
import { field as fieldEn } from '../../shared/i18n/en/field.ts'
import { loop as loopEn } from '../../shared/i18n/en/loop.ts'
import { reasons as reasonsEn } from '../../shared/i18n/en/reasons.ts'
import { report as reportEn } from '../../shared/i18n/en/report.ts'
import { screen as screenEn } from '../../shared/i18n/en/screen.ts'
import { deskDuties } from '../../shared/i18n/zh-cn/console-duties.ts'
import { field } from '../../shared/i18n/zh-cn/field.ts'
import { loop } from '../../shared/i18n/zh-cn/loop.ts'
import { reasons } from '../../shared/i18n/zh-cn/reasons.ts'
import { report } from '../../shared/i18n/zh-cn/report.ts'
import { screen } from '../../shared/i18n/zh-cn/screen.ts'

/** @public Stands in the place of the shared list when the application is built. */
export const LANGUAGES = ['zh-CN', 'en'] as const

/** The words that this application shows (文案): it stands in the place of all words when it is built. */
export const messages = {
  'zh-CN': { ...loop, ...reasons, ...screen, ...report, ...deskDuties, ...field },
  en: { ...loopEn, ...reasonsEn, ...screenEn, ...reportEn, ...dutiesEn, ...fieldEn },
}
