import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { LineField } from '../parts/fields.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { NewPassword, type PasswordRules } from './NewPassword.tsx'

/** Taking up an invitation (邀请): one sets a password of one's own, once. */
export function InvitationStep({ invitation, rules, onDone }: { invitation: string; rules: PasswordRules; onDone(login: string): void }) {
  const { t } = useI18n()
  const client = useClient()
  const doing = useAct()
  return (
    <section className="enter-step">
      <h2>{t('console.invitation')}</h2>
      <p className="page-lead">{t('console.invitationLead')}</p>
      {doing.problem && <Problem problem={doing.problem} />}
      <form
        className="enter-fields"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget)
          const body = { invitation: String(data.get('invitation') ?? '').trim(), password: String(data.get('newPassword') ?? '') }
          void doing.run(async () => onDone((await client.call(identity.acceptInvitation, { body })).login))
        }}
      >
        <LineField label={t('console.invitationCode')} name="invitation" required maxLength={100} defaultValue={invitation} autoComplete="off" />
        <NewPassword rules={rules} />
        <Button tone="main" type="submit" className="wide" disabled={doing.busy}>
          {t('console.setPassword')}
        </Button>
      </form>
      <p className="enter-ways">
        <button type="button" className="text-button" onClick={() => onDone('')}>
          {t('command.signIn')}
        </button>
      </p>
    </section>
  )
}
