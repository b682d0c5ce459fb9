import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField } from '../parts/fields.tsx'
import { QrCode } from './QrCode.tsx'

/** Sets up an authenticator in two steps: the own password, then the picture to scan and one code that shows it works. */
export function Enrol({ onClose, onCodes }: { onClose(): void; onCodes(codes: readonly string[]): void }) {
  const { t } = useI18n()
  const client = useClient()
  const [begun, setBegun] = useState<{ readonly secret: string; readonly uri: string }>()
  if (!begun)
    return (
      <ActDialog
        key="password"
        title={t('console.enrol')}
        lead={t('console.enrolLead')}
        confirm={t('console.goOn')}
        act={(data) => {
          const password = String(data.get('password') ?? '')
          return client.call(identity.enrolSecondFactor, { body: password === '' ? {} : { password } })
        }}
        onDone={setBegun}
        onClose={onClose}
      >
        <LineField
          label={t('command.password')}
          hint={t('console.ownPasswordHint')}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
        />
      </ActDialog>
    )
  return (
    <ActDialog
      key="code"
      title={t('console.enrol')}
      confirm={t('console.enrolConfirm')}
      act={(data) => client.call(identity.confirmSecondFactor, { body: { code: String(data.get('code')) } })}
      onDone={({ recoveryCodes }) => onCodes(recoveryCodes)}
      onClose={onClose}
    >
      <ol className="enrol-steps">
        <li>{t('console.enrolScan')}</li>
        <li>{t('console.enrolType')}</li>
      </ol>
      <QrCode text={begun.uri} label={t('console.qr')} />
      <p className="enrol-secret">
        {t('console.secretByHand')} <code>{begun.secret.replaceAll(/(.{4})/g, '$1 ').trim()}</code>
        <a href={begun.uri}>{t('console.openAuthenticator')}</a>
      </p>
      <LineField
        label={t('console.code')}
        name="code"
        required
        minLength={6}
        maxLength={8}
        autoComplete="one-time-code"
        inputMode="numeric"
        className="code-input"
      />
    </ActDialog>
  )
}
