import { useI18n } from '@linli/web-shared/i18n'
import { useSession } from '@linli/web-shared/api'
import { useTheme } from '@linli/web-shared/theme'
import { STEPS } from '@linli/contract/workflow'
import { EmptyView, useMedia } from '@linli/web-shared/ui'
import type { MapHandle } from '@linli/web-shared/map'
import { useEffect, useMemo, useRef, useState } from 'react'
import { CaseList } from './cases/CaseList.tsx'
import { IndicatorPanel } from './indicators/IndicatorPanel.tsx'
import { MapStage } from './map/MapStage.tsx'
import { CasePanel } from './panel/CasePanel.tsx'
import { SignInPanel } from './sign-in/SignInPanel.tsx'
import { ReportPanel } from './report/ReportPanel.tsx'
import { Sheet } from './Sheet.tsx'
import { NO_FILTERS, type Filters } from './state/filters.ts'
import { createReportStore, useReport } from './state/report-store.ts'
import { RoomContext, type City, type RoomView, type Tab } from './state/room.ts'
import { go, useRoute } from './state/route.ts'
import { useKeys } from '@linli/web-shared/ui'
import { useLive } from './state/use-live.ts'
import { HelpDialog } from './top/HelpDialog.tsx'
import { OfflineStrip } from './top/OfflineStrip.tsx'
import { TopBar } from './top/TopBar.tsx'
import { useAreaLabels } from './map/use-area-labels.ts'
import { workersOf } from './map/workers.ts'
import { useRoster } from './wall/use-wall-data.ts'
import { WallSides } from './wall/WallSides.tsx'
import { WallTitle } from './wall/WallTitle.tsx'

/** More rings at once say nothing more. */
const MOST_PULSES = 12

/** The room: the map in the middle, figures on the left, cases on the right; on a phone the map above a sheet. */
export function Room({ city, wall: asked }: { city: City; wall: boolean }) {
  const { t } = useI18n()
  const { tokens } = useTheme()
  const session = useSession()
  const route = useRoute()
  const compact = useMedia('(max-width: 1099px)')
  // Nobody hangs a phone on a wall.
  const wall = asked && !compact
  const [filters, setFilters] = useState<Filters>(NO_FILTERS)
  const [changing, setChanging] = useState(false)
  const [help, setHelp] = useState(false)
  const [tab, setTab] = useState<Tab>('cases')
  const [report] = useState(() => createReportStore(() => crypto.randomUUID()))
  const reporting = useReport(report, (state) => state.open)
  const map = useRef<MapHandle>(null)
  const mayRead = session.may('cases.read')
  const openId = route.kind === 'case' && mayRead ? route.id : undefined
  const live = useLive(mayRead, openId, (moves) => {
    for (const moved of moves.slice(-MOST_PULSES)) {
      const step = STEPS.find((candidate) => candidate === moved.step)
      if (step && moved.lon !== null && moved.lat !== null) map.current?.pulse(moved.lon, moved.lat, moved.overdue ? tokens.late : tokens.steps[step])
    }
  })
  const labels = useAreaLabels()
  const roster = useRoster({ session })
  const workers = useMemo(() => roster.data && workersOf(roster.data.grids, labels), [roster.data, labels])
  const [listed, setListed] = useState(false)
  const person = session.session?.post.id
  const [seen, setSeen] = useState(person)
  if (seen !== person) {
    // Another person, or another post, begins with a clean list.
    setSeen(person)
    setChanging(false)
    setFilters((before) => ({ ...NO_FILTERS, area: before.area }))
  }
  useEffect(() => report.keepFor(person), [report, person])
  const room = useMemo<RoomView>(
    () => ({
      city,
      session,
      live,
      filters,
      report,
      compact,
      wall,
      filter: (part) => {
        setFilters((before) => ({ ...before, ...part }))
        setTab('cases')
      },
      openCase: (id) => go({ kind: 'case', id }),
      closeCase: () => go({ kind: 'none' }),
      showArea: (code) => go({ kind: 'area', code }),
      changePerson: () => {
        setChanging(true)
        setTab('me')
      },
    }),
    [city, session, live, filters, report, compact, wall],
  )
  useKeys({
    '?': () => setHelp(true),
    ...(wall
      ? {
          d: () => document.getElementById('wall-duty')?.focus(),
          e: () => document.getElementById('wall-events')?.focus(),
          r: () => document.getElementById('wall-ranking')?.focus(),
          l: () => setListed(!listed),
        }
      : {}),
    Escape: help
      ? undefined
      : reporting
        ? report.close
        : openId === undefined
          ? changing
            ? () => setChanging(false)
            : route.kind === 'area'
              ? () => {
                  go({ kind: 'none' })
                  setFilters((before) => ({ ...before, area: undefined }))
                }
              : listed
                ? () => setListed(false)
                : undefined
          : room.closeCase,
  })
  const signIn = <SignInPanel onClose={session.session ? () => setChanging(false) : undefined} />
  const signedIn = session.session !== null && session.session !== undefined
  const figures = session.may('insight.read')
  const panelOpen = openId !== undefined || reporting
  const list = mayRead ? <CaseList hiddenBehindCase={panelOpen} /> : <EmptyView>{t('command.noCasesRead')}</EmptyView>
  return (
    <RoomContext value={room}>
      <div className="room" data-compact={compact} data-wall={wall} data-case={panelOpen} data-figures={figures}>
        {mayRead && !compact && (
          <a
            className="skip"
            href="#cases"
            onClick={(event) => {
              event.preventDefault()
              document.getElementById('cases')?.focus()
            }}
          >
            {t('command.skip')}
          </a>
        )}
        {wall ? <WallTitle onHelp={() => setHelp(true)} /> : <TopBar onHelp={() => setHelp(true)} />}
        <OfflineStrip />
        <MapStage handle={map} route={route} labels={labels} workers={workers} />
        {compact ? (
          <Sheet
            tab={tab}
            onTab={setTab}
            panels={{ cases: signedIn ? list : signIn, indicators: signedIn ? <IndicatorPanel /> : signIn, me: changing || !signedIn ? signIn : undefined }}
          />
        ) : wall ? (
          <WallSides
            labels={labels}
            roster={roster}
            listed={listed}
            onListed={setListed}
            list={list}
            signIn={session.session === undefined ? null : changing || !signedIn ? signIn : undefined}
          />
        ) : (
          <>
            {figures && (
              <aside className="side side-left" aria-label={t('command.indicators')}>
                <IndicatorPanel />
              </aside>
            )}
            <aside className="side side-right" aria-label={t('command.cases')}>
              {session.session === undefined ? null : changing || !signedIn ? signIn : list}
            </aside>
          </>
        )}
        {/* A case stays as it is behind a report that is being written: its own form may be half filled in. */}
        <div hidden={reporting}>{openId !== undefined && !(changing && !compact) && <CasePanel key={openId} id={openId} />}</div>
        {reporting && !(changing && !compact) && <ReportPanel />}
        <HelpDialog open={help} wall={wall} onClose={() => setHelp(false)} />
      </div>
    </RoomContext>
  )
}
