import { field } from '@linli/contract/endpoints/field'
import { insight } from '@linli/contract/endpoints/reach'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useNowEvery } from '@linli/web-shared/ui'
import { useMemo, useState } from 'react'
import type { Named } from '../state/filters.ts'
import { rangeOf } from '../state/period.ts'
import type { RoomView } from '../state/room.ts'
import type { Source } from './sources.ts'

const FIGURES_MS = 30_000
const TREND_MS = 300_000
const MINUTE_MS = 60_000
/** The server beats every 15 s. */
const STREAM_SILENT_MS = 45_000

/** What the wall asks for again and again, and how old each answer is. */
export function useWallData({ session, live }: Pick<RoomView, 'session' | 'live'>, on: boolean) {
  const { timeZone } = useI18n()
  const [by, setBy] = useState<'area' | 'unit'>('area')
  const [trail, setTrail] = useState<readonly Named[]>([])
  const minute = useNowEvery(MINUTE_MS)
  const range = useMemo(() => rangeOf('month', timeZone, minute), [timeZone, minute])
  const parent = by === 'area' ? trail.at(-1) : undefined
  const enabled = on && session.may('insight.read')
  const below = parent ? { parent: parent.code } : {}
  const figures = useAnswer(insight.indicators, { query: { by, ...range, ...below } }, { enabled, keep: true, everyMs: FIGURES_MS })
  const trend = useAnswer(insight.history, { query: { days: '14', ...below } }, { enabled, keep: true, everyMs: TREND_MS })
  const cut = live.state !== 'live'
  const sources: Source[] = [
    { name: 'stream', heardAt: live.heardAt, silentMs: STREAM_SILENT_MS, cut },
    ...(enabled
      ? [
          { name: 'figures' as const, heardAt: figures.answeredAt, silentMs: 3 * FIGURES_MS, cut: figures.problem !== null },
          { name: 'trend' as const, heardAt: trend.answeredAt, silentMs: 3 * TREND_MS, cut: trend.problem !== null },
        ]
      : []),
  ]
  return { by, setBy, trail, setTrail, range, figures, trend, sources }
}

/** Who is on shift, as counts by grid; absent for a reader who may not know. */
export function useRoster({ session }: Pick<RoomView, 'session'>) {
  return useAnswer(field.roster, { query: {} }, { enabled: session.may('field.roster'), keep: true, everyMs: MINUTE_MS })
}
