import { LANGUAGES } from '@linli/web-shared/i18n'

const NAMES = { 'zh-CN': '中', en: 'EN' } as const

/** The languages by the names that their own readers give them. */
export const LANGUAGE_OPTIONS = LANGUAGES.map((value) => ({ value, text: NAMES[value] }))
