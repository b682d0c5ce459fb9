import { api } from '@linli/contract/endpoints/all'
import { ApiProvider, createClient, useAnswer } from '@linli/web-shared/api'
import { firstLanguage, I18nProvider, useI18n } from '@linli/web-shared/i18n'
import { ThemeProvider, useTheme } from '@linli/web-shared/theme'
import { CrashGuard, ProblemView } from '@linli/web-shared/ui'
import { useEffect, useEffectEvent } from 'react'
import { Room } from './Room.tsx'

let language: string = firstLanguage()
const setLanguage = (next: string) => {
  language = next
}
const client = createClient({ baseUrl: '', fetch: globalThis.fetch.bind(globalThis), language: () => language })

/** The command screen (指挥大屏) of one city. */
export function App() {
  return (
    <ApiProvider client={client}>
      <ThemeProvider initial="dark">
        <I18nProvider onLanguage={setLanguage}>
          <CrashGuard>
            <CityGate />
          </CrashGuard>
        </I18nProvider>
      </ThemeProvider>
    </ApiProvider>
  )
}

/** Nothing can be shown before the city is known: its name, words, colours and the map's frame. */
function CityGate() {
  const { t, language: shown, setCity } = useI18n()
  const { setBrand } = useTheme()
  const city = useAnswer(api.platform.city, {}, { freshMs: Number.POSITIVE_INFINITY })
  const dress = useEffectEvent((found: NonNullable<typeof city.data>) => {
    setCity(found.words, found.timeZone)
    setBrand(found.brand.color)
  })
  useEffect(() => {
    if (city.data) dress(city.data)
  }, [city.data])
  useEffect(() => {
    if (city.data) document.title = `${shown === 'en' ? city.data.nameEn : city.data.name} · ${t('command.title')}`
  }, [city.data, shown, t])
  if (city.data) return <Room city={city.data} />
  return (
    <main className="gate">{city.problem ? <ProblemView problem={city.problem} onRetry={city.again} /> : <p role="status">{t('command.loadCity')}</p>}</main>
  )
}
