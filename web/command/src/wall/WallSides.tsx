import type { AnswerOf } from '@linli/contract/endpoint'
import type { field } from '@linli/contract/endpoints/field'
import type { Asked } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import type { AreaLabel } from '@linli/web-shared/map'
import { EmptyView, IconButton } from '@linli/web-shared/ui'
import type { ReactNode } from 'react'
import { Ranking } from '../indicators/Ranking.tsx'
import { useRoom } from '../state/room.ts'
import { DutyList } from './DutyList.tsx'
import { EventStream } from './EventStream.tsx'
import { Freshness } from './Freshness.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { useWallData } from './use-wall-data.ts'

const ROSTER_SILENT_MS = 180_000

/** Everything of the wall around its map: figures above, ranking on one side, duties and events on the other, freshness below. */
export function WallSides({
  labels,
  roster,
  listed,
  onListed,
  list,
  signIn,
}: {
  labels: readonly AreaLabel[]
  roster: Asked<AnswerOf<typeof field.roster>>
  /** Whether the list of cases stands in place of the duties. */
  listed: boolean
  onListed(listed: boolean): void
  list: ReactNode
  /** Stands in place of everything on the right until somebody is signed in; null while that is not known. */
  signIn: ReactNode | null | undefined
}) {
  const { t, language } = useI18n()
  const room = useRoom()
  const { session, live } = room
  const { by, setBy, trail, setTrail, range, figures, trend, sources } = useWallData(room, signIn === undefined)
  const shifts = roster.data
  const all = [
    ...sources,
    ...(session.may('field.roster') ? [{ name: 'roster' as const, heardAt: roster.answeredAt, silentMs: ROSTER_SILENT_MS, cut: roster.problem !== null }] : []),
  ]
  if (signIn !== undefined) return <aside className="side side-right">{signIn}</aside>
  return (
    <>
      {session.may('insight.read') && <KeyFigures figures={figures} trend={trend} range={range} onCases={() => onListed(true)} />}
      {session.may('insight.read') && (
        <aside className="side side-left wall-left" id="wall-ranking" tabIndex={-1} aria-label={t('command.ranking')}>
          {figures.data && <Ranking by={by} onBy={setBy} trail={trail} onTrail={setTrail} data={figures.data} behind={{ period: 'month', ...range }} />}
          {shifts && (
            <p className="wall-shifts">{t('wall.onShift', { n: countOf(language, shifts.onShift), uncovered: countOf(language, shifts.uncovered) })}</p>
          )}
        </aside>
      )}
      <aside className="side side-right wall-right" aria-label={t('command.cases')}>
        {!session.may('cases.read') ? (
          <EmptyView>{t('command.noCasesRead')}</EmptyView>
        ) : listed ? (
          <div className="wall-list">
            <IconButton icon="close" label={t('wall.closeCases')} onClick={() => onListed(false)} />
            {list}
          </div>
        ) : (
          <>
            <DutyList onAll={() => onListed(true)} />
            <EventStream heard={live.heard} labels={labels} />
          </>
        )}
      </aside>
      <Freshness sources={all} />
    </>
  )
}
