import { createContext, use, useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { recall, remember } from '../kept.ts'
import { createTimes, type Times } from './format.ts'
import { LANGUAGES, type Language } from './messages.ts'
import { createWords, type CityWords, type Words } from './translate.ts'

export interface I18nView extends Words {
  readonly times: Times
  readonly timeZone: string
  setLanguage(language: Language): void
  /** The city's words and time zone, as soon as they are known. */
  setCity(words: CityWords, timeZone: string): void
}

const I18nContext = createContext<I18nView | undefined>(undefined)

/** Words and times in the reader's language. */
export function useI18n(): I18nView {
  const view = use(I18nContext)
  if (!view) throw new Error('I18N_PROVIDER_MISSING')
  return view
}

/** The language that this device was last used in, else the browser's own where it is English, else Chinese. */
export function firstLanguage(): Language {
  return recall('language', LANGUAGES) ?? (globalThis.navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN')
}

export function I18nProvider({ children, onLanguage }: { children: ReactNode; onLanguage(language: Language): void }) {
  const [language, setLanguage] = useState(firstLanguage)
  const [openedAt] = useState(Date.now)
  const [city, setCity] = useState<{ words: CityWords; timeZone: string }>({ words: {}, timeZone: 'Asia/Shanghai' })
  useLayoutEffect(() => {
    document.documentElement.lang = language
    onLanguage(language)
  }, [language, onLanguage])
  const view = useMemo<I18nView>(
    () => ({
      ...createWords(language, city.words),
      times: createTimes(language, city.timeZone, openedAt),
      timeZone: city.timeZone,
      setLanguage: (next) => {
        remember('language', next)
        setLanguage(next)
      },
      setCity: (words, timeZone) => setCity({ words, timeZone }),
    }),
    [language, city, openedAt],
  )
  return <I18nContext value={view}>{children}</I18nContext>
}
