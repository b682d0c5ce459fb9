import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { useEffect, useEffectEvent } from 'react'
import { linkTo } from './place.ts'
import { GROUPS, nameOf, type Screen } from './screens.ts'

/** The screens that this post may use, by subject. */
export function Menu({ screens, shown, onClose }: { screens: readonly Screen[]; shown: string | undefined; onClose(): void }) {
  const { t } = useI18n()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
  const groups = GROUPS.map((group) => ({ group, list: screens.filter((screen) => screen.group === group && !screen.aside) })).filter(
    ({ list }) => list.length > 0,
  )
  return (
    <>
      <nav className="menu" id="menu" aria-label={t('console.menu')}>
        {groups.map(({ group, list }) => (
          <section key={group}>
            <h2>{t(`console.group.${group}`)}</h2>
            <ul>
              {list.map((screen) => (
                <li key={screen.id}>
                  <a
                    href={linkTo(screen.id)}
                    aria-current={screen.id === shown || (shown === 'cases' && screen.id === 'queue') ? 'page' : undefined}
                    onClick={onClose}
                  >
                    <Icon name={screen.icon} />
                    {t(nameOf(screen.id))}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <a className="menu-out" href="/">
          <Icon name="out" size={16} />
          {t('console.toCommand')}
        </a>
      </nav>
      <button type="button" className="menu-veil" aria-label={t('common.close')} tabIndex={-1} onClick={onClose} />
    </>
  )
}
