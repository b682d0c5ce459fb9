import type { identity } from '@linli/contract/endpoints/identity'
import type { AnswerOf } from '@linli/contract/endpoint'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { LineField } from '../parts/fields.tsx'

export type PasswordRules = AnswerOf<typeof identity.signInWays>['passwordRules'] | undefined

/** A new password, typed twice, with the city's rules for it. */
export function NewPassword({ rules }: { rules: PasswordRules }) {
  const { t } = useI18n()
  const [typed, setTyped] = useState('')
  return (
    <>
      <LineField
        label={t('console.newPassword')}
        hint={rules && `${t('console.passwordLength', { n: rules.minLength })}${rules.history > 0 ? t('console.passwordHistory', { n: rules.history }) : ''}`}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        minLength={rules?.minLength}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
      <LineField
        label={t('console.passwordAgain')}
        name="again"
        type="password"
        autoComplete="new-password"
        required
        maxLength={200}
        onInput={(event) => event.currentTarget.setCustomValidity(event.currentTarget.value === typed ? '' : t('console.passwordsDiffer'))}
      />
    </>
  )
}
