import { countOf, useI18n } from '@linli/web-shared/i18n'
import { linkTo } from '../place.ts'

/** A number that opens the cases behind it in the queue; a nought opens nothing. */
export function Figure({ n, filter }: { n: number; filter: Readonly<Record<string, string>> }) {
  const { t, language } = useI18n()
  if (n === 0) return <span className="faint">{countOf(language, 0)}</span>
  return (
    <a className="figure-link" href={linkTo('queue', [], filter)} aria-label={t('views.open', { n: countOf(language, n) })}>
      {countOf(language, n)}
    </a>
  )
}
