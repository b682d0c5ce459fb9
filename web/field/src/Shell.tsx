import { useI18n } from '@linli/web-shared/i18n'
import { Suspense, useState, type ReactNode } from 'react'
import { takeOver } from './install.ts'
import { MeScreen } from './me/MeScreen.tsx'
import { OutboxScreen } from './me/OutboxScreen.tsx'
import { Glyph, type GlyphName } from './parts/Glyph.tsx'
import { Toast } from './parts/toast.tsx'
import { DutyScreen } from './patrol/DutyScreen.tsx'
import { PatrolScreen } from './patrol/PatrolScreen.tsx'
import { linkTo, usePlace } from './place.ts'
import { ReportScreen } from './report/ReportScreen.tsx'
import { SignIn } from './sign-in/SignIn.tsx'
import { useField } from './store/state.ts'
import { TaskScreen } from './today/TaskScreen.tsx'
import { TodayScreen } from './today/TodayScreen.tsx'
import { dutiesOf, endOfToday, isTodo, tasksOf } from './view.ts'

const TABS = [
  { screen: 'today', glyph: 'today' },
  { screen: 'report', glyph: 'camera' },
  { screen: 'patrol', glyph: 'walk' },
  { screen: 'me', glyph: 'person' },
] as const satisfies readonly { screen: string; glyph: GlyphName }[]
const OF_TAB: Readonly<Record<string, (typeof TABS)[number]['screen']>> = { task: 'today', duty: 'patrol', outbox: 'me' }

/** The frame: the screen that the address names, and the four tabs under the thumb. */
export function Shell() {
  const { t } = useI18n()
  const { link, fresh } = useField()
  const place = usePlace()
  const [signing, setSigning] = useState(false)
  if (signing) return <SignIn onDone={() => setSigning(false)} />
  const current = TABS.find((tab) => tab.screen === (OF_TAB[place[0]] ?? place[0]))?.screen ?? 'today'
  return (
    <div className="shell">
      {link === 'signIn' && (
        <Bar glyph="person" act={t('field.signIn')} onAct={() => setSigning(true)}>
          {t('field.sessionOver')}
        </Bar>
      )}
      {fresh && (
        <Bar glyph="again" act={t('field.takeOver')} onAct={() => void takeOver()}>
          {t('field.fresh')}
        </Bar>
      )}
      <Suspense fallback={null}>{screenOf(place)}</Suspense>
      <Toast />
      <Tabs current={current} />
    </div>
  )
}

function screenOf([screen, one, two]: ReturnType<typeof usePlace>): ReactNode {
  if (screen === 'task' && one !== undefined) return <TaskScreen key={one} id={one} move={two} />
  if (screen === 'duty' && one !== undefined) return <DutyScreen key={one} cardKey={one} />
  if (screen === 'report') return <ReportScreen />
  if (screen === 'patrol') return <PatrolScreen grid={one} />
  if (screen === 'outbox') return <OutboxScreen />
  if (screen === 'me') return <MeScreen />
  return <TodayScreen />
}

function Bar({ glyph, act, onAct, children }: { glyph: GlyphName; act: string; onAct(): void; children: ReactNode }) {
  return (
    <div className="bar" role="status">
      <Glyph name={glyph} />
      <span>{children}</span>
      <button type="button" onClick={onAct}>
        {act}
      </button>
    </div>
  )
}

function Tabs({ current }: { current: string }) {
  const { t } = useI18n()
  const state = useField()
  const counts: Readonly<Record<string, number>> = {
    today: tasksOf(state).filter(({ pending }) => !pending || pending.rejection).length,
    patrol: 0,
    me: state.outbox.filter((entry) => entry.rejection).length,
  }
  const left = dutiesOf(state).some((duty) => isTodo(duty.standing) && duty.dueAt <= endOfToday(state.bundle))
  return (
    <nav className="tabs" aria-label={t('field.tabs')}>
      {TABS.map(({ screen, glyph }) => (
        <a key={screen} href={linkTo(screen)} aria-current={current === screen ? 'page' : undefined} data-screen={screen}>
          <span className="tab-sign">
            <Glyph name={glyph} size={26} />
            {(counts[screen] ?? 0) > 0 && <em>{counts[screen]}</em>}
            {screen === 'patrol' && left && <i />}
          </span>
          {t(`field.tab.${screen}`)}
        </a>
      ))}
    </nav>
  )
}
