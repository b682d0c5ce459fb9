import { useI18n } from '@linli/web-shared/i18n'
import { useNowEvery } from '@linli/web-shared/ui'
import { useDesk } from '../desk.ts'
import { dayOf } from '../when.ts'

/** Stands below a printed case: who printed what when, and that the paper is not the record. */
export function PrintFoot({ number }: { number: string }) {
  const { t, times, timeZone } = useI18n()
  const { me } = useDesk()
  const now = useNowEvery(60_000)
  return (
    <footer className="only-print print-foot">
      {t('page.printed', { number, post: me.post.title, unit: me.post.unitName, at: `${dayOf(now, timeZone)} ${times.minute(now)}` })}
    </footer>
  )
}
