import { identity } from '@linli/contract/endpoints/identity'
import { ApiProblem, useClient, type SessionView } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import type { City } from '../desk.ts'
import { LineField } from '../parts/fields.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { DemoPeople } from './DemoPeople.tsx'
import { nextStep, type Step } from './steps.ts'

/** The first step: login and password, the city's sign-in service, or an invented person of the demo city. */
export function PasswordStep({
  city,
  session,
  login,
  provider,
  onStep,
}: {
  city: City
  session: SessionView
  login: string | undefined
  provider: { readonly name: string } | null
  onStep(step: Step): void
}) {
  const { t } = useI18n()
  const client = useClient()
  const doing = useAct()
  const signIn = (name: string, password: string) =>
    doing.run(async () => {
      try {
        await session.signIn(name, password)
      } catch (error) {
        const next = error instanceof ApiProblem ? nextStep(error, name) : undefined
        if (!next) throw error
        onStep(next)
      }
    })
  return (
    <section className="enter-step">
      <h2>{t('command.signIn')}</h2>
      <p className="page-lead">{t('console.signInLead')}</p>
      {doing.problem && <Problem problem={doing.problem} />}
      {session.problem && <Problem problem={session.problem} onRetry={session.again} />}
      {provider && (
        <Button
          tone="main"
          className="wide"
          disabled={doing.busy}
          onClick={() =>
            void doing.run(async () => {
              const { url } = await client.call(identity.beginProviderSignIn)
              globalThis.location.assign(url)
            })
          }
        >
          {t('console.signInWith', { name: provider.name })}
        </Button>
      )}
      <form
        className="enter-fields"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget)
          void signIn(String(data.get('login') ?? ''), String(data.get('password') ?? ''))
        }}
      >
        <LineField label={t('command.login')} name="login" autoComplete="username" required maxLength={100} defaultValue={login} />
        <LineField label={t('command.password')} name="password" type="password" autoComplete="current-password" required maxLength={200} />
        <Button tone={provider ? 'plain' : 'main'} type="submit" className="wide" disabled={doing.busy}>
          {doing.busy ? t('common.sending') : t('command.signIn')}
        </Button>
      </form>
      {city.demo && <DemoPeople busy={doing.busy} onChoose={(name, password) => void signIn(name, password)} />}
    </section>
  )
}
