import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer, useCache } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { useHeard } from '../live.tsx'
import type { Filter } from './filter.ts'

const EXACT_TO = 10_000
const RENEW_MS = 15_000

/** How many the list holds: exact at once to 10,000, beyond that labelled until the exact number is there. */
export function CountLine({ filter }: { filter: Filter }) {
  const { t, language } = useI18n()
  const cache = useCache()
  const quick = useAnswer(cases.count, { query: { ...filter, upTo: String(EXACT_TO) } }, { freshMs: 0 })
  const many = (quick.data?.count ?? 0) > EXACT_TO
  const exact = useAnswer(cases.count, { query: filter }, { enabled: many, freshMs: 60_000 })
  useHeard(
    (heard) => heard?.attended !== true,
    () => cache.renew(cases.count),
    RENEW_MS,
  )
  const text = !quick.data
    ? undefined
    : !many
      ? t('command.total', { n: countOf(language, quick.data.count) })
      : exact.data
        ? t('command.total', { n: countOf(language, exact.data.count) })
        : t('queue.counting', { n: countOf(language, EXACT_TO) })
  return (
    <p className="queue-count" role="status" data-exact={many ? exact.data !== undefined : quick.data !== undefined}>
      {text}
    </p>
  )
}
