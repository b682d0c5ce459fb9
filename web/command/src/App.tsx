import { api } from '@linli/contract/endpoints/all'
import { ApiProvider, createClient, useAnswer } from '@linli/web-shared/api'
import { firstLanguage, I18nProvider, useI18n } from '@linli/web-shared/i18n'
import { DESK_THEMES, ThemeProvider, useTheme, WALL_THEMES } from '@linli/web-shared/theme'
import { CrashGuard, LazyTrackPage, ProblemView } from '@linli/web-shared/ui'
import { lazy, Suspense, useEffect, useEffectEvent } from 'react'
import { Room } from './Room.tsx'
import { go, readRoute, useRoute } from './state/route.ts'
import { isWall } from './state/wall.ts'

let language: string = firstLanguage()
const setLanguage = (next: string) => {
  language = next
}
const client = createClient({ baseUrl: '', fetch: globalThis.fetch.bind(globalThis), language: () => language })

const wall = isWall(globalThis.location.search)
const LazyParts = lazy(() => import('./parts/PartsPage.tsx'))

/** The command screen (指挥大屏) of one city. */
export function App() {
  return (
    <ApiProvider client={client}>
      {/* Reporters read in daylight, the room at its wall. */}
      <ThemeProvider
        initial={wall ? 'wall' : readRoute(globalThis.location.hash).kind === 'track' ? 'light' : 'dark'}
        offered={wall ? WALL_THEMES : DESK_THEMES}
        keptAs={wall ? 'wall-theme' : 'theme'}
      >
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
  const route = useRoute()
  const tracking = route.kind === 'track'
  const city = useAnswer(api.platform.city, {}, { freshMs: Number.POSITIVE_INFINITY })
  const dress = useEffectEvent((found: NonNullable<typeof city.data>) => {
    setCity(found.words, found.timeZone)
    setBrand(found.brand.color)
  })
  useEffect(() => {
    if (city.data) dress(city.data)
  }, [city.data])
  useEffect(() => {
    if (city.data) document.title = `${shown === 'en' ? city.data.nameEn : city.data.name} · ${t(tracking ? 'follow.title' : 'command.title')}`
  }, [city.data, shown, t, tracking])
  if (city.data && route.kind === 'track')
    return (
      <Suspense fallback={<p className="gate">{t('command.loadCity')}</p>}>
        <LazyTrackPage
          cityName={shown === 'en' ? city.data.nameEn : city.data.name}
          receipt={route.receipt}
          onLook={(receipt) => go({ kind: 'track', receipt })}
        />
      </Suspense>
    )
  if (city.data && route.kind === 'parts')
    return (
      <Suspense fallback={<p className="gate">{t('command.loadCity')}</p>}>
        <LazyParts />
      </Suspense>
    )
  if (city.data) return <Room city={city.data} wall={wall} />
  return (
    <main className="gate">{city.problem ? <ProblemView problem={city.problem} onRetry={city.again} /> : <p role="status">{t('command.loadCity')}</p>}</main>
  )
}
