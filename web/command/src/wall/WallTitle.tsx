import { useI18n } from '@linli/web-shared/i18n'
import { WALL_THEMES, useTheme } from '@linli/web-shared/theme'
import { IconButton, Segments, useNow } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'
import { LANGUAGE_OPTIONS } from '../top/languages.ts'
import { Account, Connection } from '../top/TopBar.tsx'
import { brandOf } from './brand.ts'

/** The title of the wall: the moment on one side, whose wall it is in the middle, whether it is alive on the other. */
export function WallTitle({ onHelp }: { onHelp(): void }) {
  const { t, pick, times, language, setLanguage } = useI18n()
  const { theme, setTheme } = useTheme()
  const { city, session } = useRoom()
  const now = useNow()
  const brand = brandOf(city, session.session?.post.areaCode)
  const other = WALL_THEMES.find((name) => name !== theme) ?? 'wall'
  return (
    <header className="wall-title">
      <p className="wall-clock">
        <strong>{times.clock(now)}</strong>
        <span>{times.day(now)}</span>
        <Connection />
      </p>
      <div className="wall-name">
        <h1>
          {pick(brand.title)}
          <span>{t('command.title')}</span>
        </h1>
        <p>
          {pick(brand.lead)}
          {city.demo && <em className="badge">{t('command.demo')}</em>}
        </p>
      </div>
      <div className="wall-tools">
        <Segments label={t('command.language')} value={language} options={LANGUAGE_OPTIONS} onChange={setLanguage} />
        <IconButton
          icon="theme"
          label={t('common.pair', { name: t('command.theme'), value: t(other === 'wall' ? 'command.theme.dark' : 'command.theme.light') })}
          onClick={() => setTheme(other)}
        />
        <IconButton icon="help" label={t('command.help')} onClick={onHelp} />
        <IconButton icon="out" label={t('wall.leave')} onClick={() => globalThis.location.assign('/')} />
        <Account />
      </div>
    </header>
  )
}
