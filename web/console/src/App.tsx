import { api } from '@linli/contract/endpoints/all'
import { ApiProvider, createClient, useAnswer } from '@linli/web-shared/api'
import { firstLanguage, I18nProvider, useI18n } from '@linli/web-shared/i18n'
import { ThemeProvider, useTheme } from '@linli/web-shared/theme'
import { CrashGuard, ProblemView } from '@linli/web-shared/ui'
import { useEffect, useEffectEvent } from 'react'
import { Shell } from './Shell.tsx'

let language: string = firstLanguage()
const setLanguage = (next: string) => {
  language = next
}
const client = createClient({ baseUrl: '', fetch: globalThis.fetch.bind(globalThis), language: () => language })

/** The console (工作台) of one city: the desk of those who run it. */
export function App() {
  return (
    <ApiProvider client={client}>
      <ThemeProvider initial="light">
        <I18nProvider onLanguage={setLanguage}>
          <CrashGuard>
            <CityGate />
          </CrashGuard>
        </I18nProvider>
      </ThemeProvider>
    </ApiProvider>
  )
}

/** Nothing can be shown before the city is known: its name, words and colours. */
function CityGate() {
  const { t, setCity } = useI18n()
  const { setBrand } = useTheme()
  const city = useAnswer(api.platform.city, {}, { freshMs: Number.POSITIVE_INFINITY })
  const dress = useEffectEvent((found: NonNullable<typeof city.data>) => {
    setCity(found.words, found.timeZone)
    setBrand(found.brand.color)
  })
  useEffect(() => {
    if (city.data) dress(city.data)
  }, [city.data])
  if (city.data) return <Shell city={city.data} />
  return <main className="gate">{city.problem ? <ProblemView problem={city.problem} onRetry={city.again} /> : <p role="status">{t('common.loading')}</p>}</main>
}
