import { useI18n } from '@linli/web-shared/i18n'
import { CrashGuard, EmptyView, LoadingView } from '@linli/web-shared/ui'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useDesk } from './desk.ts'
import { Menu } from './Menu.tsx'
import { OfflineStrip } from './OfflineStrip.tsx'
import { LiveProvider } from './live.tsx'
import { linkTo, usePlace } from './place.ts'
import { nameOf, SCREENS } from './screens.ts'
import { TopBar } from './TopBar.tsx'

/** Title line, menu and the screen that the address names. */
export function DeskView() {
  const { t, language } = useI18n()
  const { city, session, me } = useDesk()
  const place = usePlace()
  const [menu, setMenu] = useState(false)
  const main = useRef<HTMLElement>(null)
  const screens = SCREENS.filter((screen) => screen.needs.length === 0 || screen.needs.some((permission) => session.may(permission)))
  const known = SCREENS.some(({ id }) => id === place.screen)
  const shown = place.screen === '' ? screens[0] : screens.find(({ id }) => id === place.screen)
  const where = `${shown?.id ?? ''}/${place.rest.join('/')}`
  useEffect(() => {
    document.title = `${shown ? t(nameOf(shown.id)) : t('console.title')} · ${language === 'en' ? city.nameEn : city.name}`
  }, [shown, city, language, t])
  const [seen, setSeen] = useState(where)
  if (seen !== where) {
    setSeen(where)
    setMenu(false)
  }
  const been = useRef(where)
  useEffect(() => {
    if (been.current === where) return
    been.current = where
    // Who follows a link hears where it has led; who opens the page keeps the browser's own beginning.
    main.current?.focus({ preventScroll: true })
    main.current?.scrollTo(0, 0)
  }, [where])
  return (
    <LiveProvider on={session.may('cases.read')}>
      <div className="desk" data-menu={menu}>
        <a
          className="skip"
          href="#content"
          onClick={(event) => {
            event.preventDefault()
            main.current?.focus()
          }}
        >
          {t('console.skip')}
        </a>
        <TopBar menuOpen={menu} onMenu={() => setMenu(!menu)} />
        <OfflineStrip />
        <Menu screens={screens} shown={shown?.id} onClose={() => setMenu(false)} />
        <main ref={main} tabIndex={-1} className="content" id="content">
          {me.withheld.length > 0 && shown?.id !== 'account' && (
            <p className="withheld" role="note">
              {t('console.withheld', { n: me.withheld.length })} <a href={linkTo('account')}>{t('console.withheldDo')}</a>
            </p>
          )}
          {shown ? (
            <CrashGuard key={shown.id}>
              <Suspense fallback={<LoadingView lines={6} />}>
                <shown.View />
              </Suspense>
            </CrashGuard>
          ) : (
            <EmptyView>{t(known ? 'console.notAllowed' : 'console.noScreen')}</EmptyView>
          )}
        </main>
      </div>
    </LiveProvider>
  )
}
