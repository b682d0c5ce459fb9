import { identity } from '@linli/contract/endpoints/identity'
import { ApiProblem, useClient, type SessionView } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { LineField } from '../parts/fields.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { nextStep, type Step } from './steps.ts'

/** This step is one field, and the code in it runs out in half a minute: it is where one begins. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus()

/** The second step: a code of the authenticator, or a recovery code where the telephone is lost. */
export function SecondStep({ challenge, session, onStep, onBack }: { challenge: string; session: SessionView; onStep(step: Step): void; onBack(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const doing = useAct()
  const [recovery, setRecovery] = useState(false)
  const send = (code: string) =>
    doing.run(async () => {
      try {
        session.enter((await client.call(identity.completeSignIn, { body: { challenge, code } })).session)
      } catch (error) {
        const next = error instanceof ApiProblem ? nextStep(error, '') : undefined
        if (!next) throw error
        onStep(next)
      }
    })
  return (
    <section className="enter-step">
      <h2>{t('console.secondStep')}</h2>
      <p className="page-lead">{t(recovery ? 'console.recoveryLead' : 'console.secondLead')}</p>
      {doing.problem && <Problem problem={doing.problem} />}
      <form
        key={String(recovery)}
        ref={focusFirst}
        className="enter-fields"
        onSubmit={(event) => {
          event.preventDefault()
          void send(String(new FormData(event.currentTarget).get('code') ?? ''))
        }}
      >
        <LineField
          label={t(recovery ? 'console.recoveryCode' : 'console.code')}
          name="code"
          className="code-input"
          autoComplete="one-time-code"
          inputMode={recovery ? 'text' : 'numeric'}
          required
          minLength={6}
          maxLength={40}
        />
        <Button tone="main" type="submit" className="wide" disabled={doing.busy}>
          {doing.busy ? t('common.sending') : t('console.goOn')}
        </Button>
      </form>
      <p className="enter-ways">
        <button type="button" className="text-button" onClick={() => setRecovery(!recovery)}>
          {t(recovery ? 'console.useCode' : 'console.useRecovery')}
        </button>
        <button type="button" className="text-button" onClick={onBack}>
          {t('common.back')}
        </button>
      </p>
    </section>
  )
}
