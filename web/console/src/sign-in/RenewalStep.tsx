import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { NewPassword, type PasswordRules } from './NewPassword.tsx'

/** A password that is too old is replaced before anything else; then one signs in with the new one. */
export function RenewalStep({ challenge, login, rules, onDone }: { challenge: string; login: string; rules: PasswordRules; onDone(login: string): void }) {
  const { t } = useI18n()
  const client = useClient()
  const doing = useAct()
  return (
    <section className="enter-step">
      <h2>{t('console.renewal')}</h2>
      <p className="page-lead">{t('console.renewalLead')}</p>
      {doing.problem && <Problem problem={doing.problem} />}
      <form
        className="enter-fields"
        onSubmit={(event) => {
          event.preventDefault()
          const newPassword = String(new FormData(event.currentTarget).get('newPassword') ?? '')
          void doing.run(async () => {
            await client.call(identity.renewPassword, { body: { challenge, newPassword } })
            onDone(login)
          })
        }}
      >
        <NewPassword rules={rules} />
        <Button tone="main" type="submit" className="wide" disabled={doing.busy}>
          {t('console.setPassword')}
        </Button>
      </form>
    </section>
  )
}
