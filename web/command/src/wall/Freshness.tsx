import { spanOf, useI18n } from '@linli/web-shared/i18n'
import { Icon, useNowEvery } from '@linli/web-shared/ui'
import { freshnessOf, type Source } from './sources.ts'

/** Each source with when it last spoke (新鲜度); a silent one has a sign and words, not only a colour. */
export function Freshness({ sources }: { sources: readonly Source[] }) {
  const i18n = useI18n()
  const { t, times } = i18n
  const now = useNowEvery(1_000)
  return (
    <footer className="wall-sources" aria-label={t('wall.sources')}>
      <h2>{t('wall.sources')}</h2>
      <ul>
        {sources.map((source) => {
          const state = freshnessOf(source, now)
          return (
            <li key={source.name} data-source={source.name} data-state={state}>
              <Icon name={state === 'fresh' ? 'check' : state === 'stale' ? 'alert' : 'clock'} />
              <span>{t(`wall.source.${source.name}`)}</span>
              <strong>
                {state === 'never'
                  ? t('wall.source.never')
                  : state === 'fresh'
                    ? times.clock(source.heardAt)
                    : t('wall.source.stale', { span: spanOf(i18n, Math.max(0, now - source.heardAt)) })}
              </strong>
            </li>
          )
        })}
      </ul>
    </footer>
  )
}
