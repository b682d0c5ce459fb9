import { identity } from '@linli/contract/endpoints/identity'
import { ApiProblem, useClient, type SessionView } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, LoadingView } from '@linli/web-shared/ui'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Problem } from '../parts/Problem.tsx'
import { nextStep, type Step } from './steps.ts'

/** The browser is back from the city's sign-in service: its answer is handed on once and leaves the address bar at once. */
export function ProviderReturn({ query, session, onStep, onBack }: { query: string; session: SessionView; onStep(step: Step): void; onBack(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const [problem, setProblem] = useState<ApiProblem>()
  const sent = useRef(false)
  const complete = useEffectEvent(async () => {
    globalThis.history.replaceState(null, '', globalThis.location.pathname + globalThis.location.hash)
    try {
      session.enter((await client.call(identity.completeProviderSignIn, { body: { query } })).session)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const next = nextStep(error, '')
      if (next) onStep(next)
      else setProblem(error)
    }
  })
  useEffect(() => {
    if (sent.current) return
    sent.current = true
    void complete()
  }, [])
  return (
    <section className="enter-step">
      <h2>{t('console.returning')}</h2>
      {problem ? (
        <>
          <Problem problem={problem} />
          <Button onClick={onBack}>{t('common.back')}</Button>
        </>
      ) : (
        <LoadingView lines={2} />
      )}
    </section>
  )
}
