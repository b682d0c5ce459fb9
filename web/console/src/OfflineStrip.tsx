import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { useSyncExternalStore } from 'react'

const listen = (listener: () => void) => {
  globalThis.addEventListener('online', listener)
  globalThis.addEventListener('offline', listener)
  return () => {
    globalThis.removeEventListener('online', listener)
    globalThis.removeEventListener('offline', listener)
  }
}

/** Says that the network is away: what is shown stays, and nothing can be sent. */
export function OfflineStrip() {
  const { t } = useI18n()
  const online = useSyncExternalStore(listen, () => globalThis.navigator.onLine)
  if (online) return null
  return (
    <p className="offline" role="alert">
      <Icon name="alert" size={16} />
      {t('console.offline')}
    </p>
  )
}
