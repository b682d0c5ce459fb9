import { useI18n } from '@linli/web-shared/i18n'
import { Icon, IconButton } from '@linli/web-shared/ui'
import { Bell } from './alerts/Bell.tsx'
import { AccountPop } from './AccountPop.tsx'
import { useDesk } from './desk.ts'
import { LookSwitch } from './LookSwitch.tsx'

/** The title line: which city, who one is, and how one reads it. */
export function TopBar({ menuOpen, onMenu }: { menuOpen: boolean; onMenu(): void }) {
  const { t, language } = useI18n()
  const { city, me, session } = useDesk()
  return (
    <header className="top">
      <IconButton
        icon={menuOpen ? 'close' : 'menu'}
        label={t('console.menu')}
        className="top-menu"
        aria-expanded={menuOpen}
        aria-controls="menu"
        onClick={onMenu}
      />
      <p className="top-city">
        <strong>{language === 'en' ? city.nameEn : city.name}</strong>
        <span>{t('console.title')}</span>
        {city.demo && <em className="badge">{t('command.demo')}</em>}
      </p>
      <div className="top-tools">
        <div className="top-look">
          <LookSwitch />
        </div>
        {session.may('cases.read') && <Bell />}
        <button type="button" className="account" popoverTarget="account-pop">
          <Icon name="person" />
          <span>
            {me.personName}
            <small>{me.post.title}</small>
          </span>
        </button>
        <div id="account-pop" popover="auto" className="account-pop">
          <AccountPop />
        </div>
      </div>
    </header>
  )
}
