import { LANGUAGES, useI18n } from '@linli/web-shared/i18n'
import { useTheme } from '@linli/web-shared/theme'
import { Segments } from '@linli/web-shared/ui'

const LANGUAGE_NAMES = { 'zh-CN': '中', en: 'EN' } as const
const OFFERED = ['light', 'dark'] as const

/** The reader's language, and light or dark. */
export function LookSwitch() {
  const { t, language, setLanguage } = useI18n()
  const { tokens, setTheme } = useTheme()
  return (
    <div className="look">
      <Segments
        label={t('command.language')}
        value={language}
        options={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
        onChange={setLanguage}
      />
      <Segments
        label={t('command.theme')}
        value={tokens.dark ? 'dark' : 'light'}
        options={OFFERED.map((value) => ({ value, text: t(`command.theme.${value}`) }))}
        onChange={setTheme}
      />
    </div>
  )
}
