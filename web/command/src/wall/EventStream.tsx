import { countOf, useI18n } from '@linli/web-shared/i18n'
import type { AreaLabel } from '@linli/web-shared/map'
import { EmptyView, Sign, signOf } from '@linli/web-shared/ui'
import { memo, useMemo } from 'react'
import type { Heard } from '../state/heard.ts'
import type { Moved } from '../state/moved.ts'
import { useRoom } from '../state/room.ts'

const SHOWN = 24

/** What happens as it happens (实时动态), newest first: which move, of what, where; nobody's words. */
export function EventStream({ heard, labels }: { heard: Heard; labels: readonly AreaLabel[] }) {
  const { t, language } = useI18n()
  const { openCase } = useRoom()
  const names = useMemo(() => new Map(labels.map(({ code, name }) => [code, name])), [labels])
  return (
    <section
      className="panel wall-events"
      id="wall-events"
      tabIndex={-1}
      aria-labelledby="wall-events-title"
      data-heard={heard.count}
      data-strange={heard.strange}
    >
      <header className="panel-head">
        <h2 id="wall-events-title">{t('wall.events')}</h2>
        <p className="faint" aria-live="off">
          {t('wall.events.heard', { n: countOf(language, heard.count) })}
          {heard.strange > 0 && ` · ${t('wall.events.strange', { n: countOf(language, heard.strange) })}`}
        </p>
      </header>
      {heard.latest.length === 0 && <EmptyView>{t('wall.events.none')}</EmptyView>}
      <ol className="wall-rows">
        {heard.latest.slice(0, SHOWN).map((moved) => (
          <EventRow key={`${moved.id}:${moved.seq}`} moved={moved} place={placeOf(moved, names)} onOpen={openCase} />
        ))}
      </ol>
    </section>
  )
}

/** The two deepest areas of the path that have a name here. */
function placeOf({ areaPath }: Moved, names: ReadonlyMap<string, string>): string {
  return areaPath
    .split('.')
    .flatMap((code) => names.get(code) ?? [])
    .slice(-2)
    .join(' · ')
}

const EventRow = memo(function EventRow({ moved, place, onOpen }: { moved: Moved; place: string; onOpen(id: string): void }) {
  const { t, word, times } = useI18n()
  return (
    <li>
      <button type="button" onClick={() => onOpen(moved.id)}>
        <Sign name={signOf(moved.step ?? '', moved.state ?? '')} overdue={moved.overdue} size={28} />
        <strong>{word('move', moved.move)}</strong>
        <time dateTime={moved.at}>{times.clock(Date.parse(moved.at))}</time>
        <span>{[moved.matterName ?? t('case.noMatter'), place].filter(Boolean).join(' · ')}</span>
      </button>
    </li>
  )
})
