import { spanOf, useI18n } from '@linli/web-shared/i18n'
import { DESK_THEMES, useTheme } from '@linli/web-shared/theme'
import { Icon, IconButton, Segments, useNow } from '@linli/web-shared/ui'
import { useRef } from 'react'
import { useRoom } from '../state/room.ts'
import { AccountCard } from './AccountCard.tsx'
import { LANGUAGE_OPTIONS } from './languages.ts'

/** The title line: which city, which moment, whether the data is live, and how one reads it. */
export function TopBar({ onHelp }: { onHelp(): void }) {
  const { t, pick, language, setLanguage } = useI18n()
  const { theme, setTheme } = useTheme()
  const { city, compact } = useRoom()
  return (
    <header className="top">
      <div className="top-city">
        <h1>
          {language === 'en' ? city.nameEn : city.name}
          <span>{t('command.title')}</span>
        </h1>
        <p>{pick({ zh: city.brand.sloganZh, en: city.brand.sloganEn })}</p>
        {city.demo && <em className="badge">{t('command.demo')}</em>}
      </div>
      {!compact && <ClockFace />}
      <div className="top-tools">
        <Connection />
        <Segments label={t('command.language')} value={language} options={LANGUAGE_OPTIONS} onChange={setLanguage} />
        {compact ? (
          <IconButton
            icon="theme"
            label={t('common.pair', { name: t('command.theme'), value: t(`command.theme.${theme}`) })}
            onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
          />
        ) : (
          <>
            <Segments
              label={t('command.theme')}
              value={theme === 'light' ? 'light' : 'dark'}
              options={DESK_THEMES.map((value) => ({ value, text: t(`command.theme.${value}`) }))}
              onChange={setTheme}
            />
            <a className="button button-quiet" href="/?wall">
              {t('wall.open')}
            </a>
            <IconButton icon="help" label={t('command.help')} onClick={onHelp} />
          </>
        )}
        <Account />
      </div>
    </header>
  )
}

function ClockFace() {
  const { times } = useI18n()
  const now = useNow()
  return (
    <p className="top-clock">
      <span>{times.day(now)}</span>
      <strong>{times.clock(now)}</strong>
    </p>
  )
}

/** Whether the stream is alive, in a word and a sign; how old the data is when it is not. */
export function Connection() {
  const { t, times, ...words } = useI18n()
  const now = useNow()
  const { live, compact } = useRoom()
  if (live.state === 'off' || live.state === 'refused') return null
  const stale = live.state === 'waiting'
  const said =
    live.state === 'connecting'
      ? t('command.connecting')
      : stale
        ? t('command.waiting', { span: spanOf({ t, ...words }, Math.max(0, now - live.heardAt)) })
        : t('command.live')
  return (
    <p className="connection" data-state={live.state}>
      <i aria-hidden="true" />
      <span role="status">{said}</span>
      {!compact && !stale && live.heardAt > 0 && (
        <time dateTime={new Date(live.heardAt).toISOString()}>{t('command.asOf', { at: times.clock(live.heardAt) })}</time>
      )}
    </p>
  )
}

/** Who is signed in, with the ways out. */
export function Account() {
  const { t } = useI18n()
  const { session } = useRoom()
  const card = useRef<HTMLDivElement>(null)
  if (!session.session) return null
  return (
    <>
      <button type="button" className="account" popoverTarget="account-card" title={t('command.me')}>
        <Icon name="person" />
        <span>
          {session.session.personName}
          <small>{session.session.post.title}</small>
        </span>
      </button>
      <div ref={card} id="account-card" popover="auto" className="account-pop">
        <AccountCard onLeave={() => card.current?.hidePopover()} />
      </div>
    </>
  )
}
