import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'

/** Says over the whole width that the line is cut, and how old what is shown is. */
export function OfflineStrip() {
  const { t, times } = useI18n()
  const { live } = useRoom()
  if (live.state !== 'waiting') return null
  return (
    <p className="offline" role="alert">
      <Icon name="alert" />
      {t('command.offline', { at: live.heardAt === 0 ? t('common.none') : times.clock(live.heardAt) })}
    </p>
  )
}
