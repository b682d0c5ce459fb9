import { useI18n } from '@linli/web-shared/i18n'
import { Icon, IconButton } from '@linli/web-shared/ui'
import { createContext, use, useCallback, useState, type ReactNode } from 'react'

const SayContext = createContext<((text: string) => void) | undefined>(undefined)

/** Says that something was done, until it is put away or the next is said. */
export function useSay(): (text: string) => void {
  const say = use(SayContext)
  if (!say) throw new Error('NOTICES_MISSING')
  return say
}

/** Shows what has just been done, and reads it out. */
export function Notices({ children }: { children: ReactNode }) {
  const { t } = useI18n()
  const [said, setSaid] = useState<string>()
  const say = useCallback((text: string) => setSaid(text), [])
  return (
    <SayContext value={say}>
      {children}
      <div className="notices" role="status">
        {said !== undefined && (
          <p className="notice">
            <Icon name="check" size={16} />
            <span>{said}</span>
            <IconButton icon="close" label={t('common.close')} onClick={() => setSaid(undefined)} />
          </p>
        )}
      </div>
    </SayContext>
  )
}
