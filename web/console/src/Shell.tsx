import { useSession } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ProblemView } from '@linli/web-shared/ui'
import { useMemo } from 'react'
import { DeskContext, type City, type Desk } from './desk.ts'
import { DeskView } from './DeskView.tsx'
import { Notices } from './parts/Notices.tsx'
import { usePlace } from './place.ts'
import { SignInGate } from './sign-in/SignInGate.tsx'

/** Decides what is shown: somebody's desk, or the ways of signing in. */
export function Shell({ city }: { city: City }) {
  const { t } = useI18n()
  const session = useSession()
  const place = usePlace()
  const me = session.session
  const desk = useMemo<Desk | undefined>(() => (me ? { city, session, me } : undefined), [city, session, me])
  if (place.screen === 'invitation' || me === null) return <SignInGate city={city} session={session} />
  if (!desk)
    return (
      <main className="gate">
        {session.problem ? <ProblemView problem={session.problem} onRetry={session.again} /> : <p role="status">{t('common.loading')}</p>}
      </main>
    )
  return (
    <DeskContext value={desk}>
      <Notices>
        <DeskView key={desk.me.post.id} />
      </Notices>
    </DeskContext>
  )
}
