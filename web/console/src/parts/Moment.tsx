import { useI18n } from '@linli/web-shared/i18n'

/** An instant in the city's time zone, or a dash; milliseconds are not worth showing. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { t, times } = useI18n()
  if (at === null || at === undefined) return <span className="faint">{t('common.none')}</span>
  return <time dateTime={at}>{times.full(Date.parse(at))}</time>
}
