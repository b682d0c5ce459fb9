import { useI18n } from '@linli/web-shared/i18n'
import { isFull } from '../store/db.ts'
import { say } from './toast.tsx'

/** Runs what writes to the telephone's store and says so where it cannot: nothing that was there is lost, and what was filled in stays on the screen. Answers whether it was done. */
export function useTrouble(): (act: () => Promise<void>) => Promise<boolean> {
  const { t } = useI18n()
  return async (act) => {
    try {
      await act()
      return true
    } catch (error) {
      say(t(isFull(error) ? 'field.storage.full' : 'field.storage.failed'), true)
      if (!isFull(error)) globalThis.reportError(error)
      return false
    }
  }
}
