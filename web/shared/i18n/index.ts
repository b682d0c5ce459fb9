export { agoOf, areaText, countOf, dayStart, leftOf, percentOf, spanOf, type Times } from './format.ts'
export { firstLanguage, I18nProvider, useI18n, type I18nView } from './I18nProvider.tsx'
export { LANGUAGES, type Language, type MessageKey } from './messages.ts'
export { createWords, type CityWords, type Words } from './translate.ts'
