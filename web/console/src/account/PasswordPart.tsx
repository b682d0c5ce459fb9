import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import { NewPassword } from '../sign-in/NewPassword.tsx'

/** My password: every other session of mine ends when it changes. */
export function PasswordPart() {
  const { t } = useI18n()
  const client = useClient()
  const say = useSay()
  const ways = useAnswer(identity.signInWays, {}, { freshMs: 600_000 })
  const [open, setOpen] = useState(false)
  return (
    <>
      <div className="row-acts">
        <Button onClick={() => setOpen(true)}>{t('console.changePassword')}</Button>
      </div>
      {open && (
        <ActDialog
          title={t('console.changePassword')}
          lead={t('console.changePasswordLead')}
          confirm={t('console.changePassword')}
          act={(data) =>
            client.call(identity.changePassword, {
              body: { password: String(data.get('password')), newPassword: String(data.get('newPassword')) },
            })
          }
          onDone={({ endedSessions }) => {
            setOpen(false)
            say(t('console.passwordChanged', { n: endedSessions }))
          }}
          onClose={() => setOpen(false)}
        >
          <LineField label={t('console.oldPassword')} name="password" type="password" autoComplete="current-password" required maxLength={200} />
          <NewPassword rules={ways.data?.passwordRules} />
        </ActDialog>
      )}
    </>
  )
}
