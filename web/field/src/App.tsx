import { platform } from '@linli/contract/endpoints/reach'
import { firstLanguage, I18nProvider, useI18n } from '@linli/web-shared/i18n'
import { ThemeProvider, useTheme } from '@linli/web-shared/theme'
import { CrashGuard } from '@linli/web-shared/ui'
import { useEffect, useEffectEvent } from 'react'
import { client, setApiLanguage } from './api.ts'
import { installWorker } from './install.ts'
import { NotField } from './sign-in/NotField.tsx'
import { SignIn } from './sign-in/SignIn.tsx'
import { Shell } from './Shell.tsx'
import { keep, readKept, type City } from './store/db.ts'
import { openKept } from './store/load.ts'
import { reread, useField } from './store/state.ts'
import { keepInSync, syncNow } from './store/sync.ts'
import { followWorker } from './store/track.ts'

setApiLanguage(firstLanguage())
const dark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches

/** The application for grid workers (外勤端): one thumb, rain, no signal. */
export function App() {
  return (
    <ThemeProvider initial={dark ? 'dark' : 'light'}>
      <I18nProvider onLanguage={setApiLanguage}>
        <CrashGuard>
          <Gate />
        </CrashGuard>
      </I18nProvider>
    </ThemeProvider>
  )
}

/** What is on the telephone is shown at once; what the server knows comes when it comes. */
function Gate() {
  const { open, worker } = useField()
  const { t, setCity } = useI18n()
  const { setBrand } = useTheme()
  const dress = useEffectEvent((city: City) => {
    setCity(city.words, city.timeZone)
    setBrand(city.color)
  })
  useEffect(() => {
    const start = async () => {
      await openKept()
      const city = await readKept('city')
      if (city) dress(city)
      await reread()
      void installWorker()
      await syncNow(true)
      const fresh = await client.call(platform.city).catch(() => undefined)
      if (!fresh) return
      const next = { name: fresh.name, nameEn: fresh.nameEn, color: fresh.brand.color, timeZone: fresh.timeZone, words: fresh.words }
      await keep('city', next)
      dress(next)
    }
    void start()
    const stops = [keepInSync(), followWorker()]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  if (!open)
    return (
      <main className="gate">
        <p role="status">{t('common.loading')}</p>
      </main>
    )
  if (!worker) return <SignIn />
  return worker.permissions.includes('field.work') ? <Shell /> : <NotField />
}
