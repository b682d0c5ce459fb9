import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Enrol } from './Enrol.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { useDesk } from '../desk.ts'

/** My second factor (双因素): set it up, renew the recovery codes, or take it away for another telephone. */
export function SecondFactorPart() {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const { session } = useDesk()
  const asked = useAnswer(identity.secondFactor)
  const [open, setOpen] = useState<'enrol' | 'renew' | 'remove'>()
  const [codes, setCodes] = useState<readonly string[]>()
  const close = () => setOpen(undefined)
  const shown = (fresh: readonly string[]) => {
    close()
    setCodes(fresh)
    cache.renew(identity.secondFactor)
    cache.renew(identity.me)
  }
  const code = (
    <LineField
      label={t('console.code')}
      name="code"
      required
      minLength={6}
      maxLength={40}
      autoComplete="one-time-code"
      inputMode="numeric"
      className="code-input"
    />
  )
  return (
    <Loaded asked={asked} lines={2}>
      {(state) => (
        <>
          {state.exempt ? (
            <p>{t('console.factorExempt')}</p>
          ) : state.enrolledAt === null ? (
            <p>
              {state.demandedFor.length > 0 ? t('console.factorDemanded') : t('console.factorNone')}
              {state.graceEndsAt !== null && (
                <strong>
                  {' '}
                  {t('console.factorGrace')} <Moment at={state.graceEndsAt} />
                </strong>
              )}
            </p>
          ) : (
            <p>
              {t('console.factorSince')} <Moment at={state.enrolledAt} /> · {t('console.codesLeft', { n: state.recoveryCodesLeft })}
              {state.recoveryCodesLeft <= 2 && <strong className="late"> {t('console.codesFew')}</strong>}
            </p>
          )}
          {!state.exempt && (
            <div className="row-acts">
              {state.enrolledAt === null ? (
                <Button tone="main" onClick={() => setOpen('enrol')}>
                  {t('console.enrol')}
                </Button>
              ) : (
                <>
                  <Button onClick={() => setOpen('renew')}>{t('console.renewCodes')}</Button>
                  <Button tone="careful" onClick={() => setOpen('remove')}>
                    {t('console.removeFactor')}
                  </Button>
                </>
              )}
            </div>
          )}
          {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
          {open === 'enrol' && <Enrol onClose={close} onCodes={shown} />}
          {open === 'renew' && (
            <ActDialog
              title={t('console.renewCodes')}
              lead={t('console.renewCodesLead')}
              confirm={t('console.renewCodes')}
              act={(data) => client.call(identity.renewRecoveryCodes, { body: { code: String(data.get('code')) } })}
              onDone={({ recoveryCodes }) => shown(recoveryCodes)}
              onClose={close}
            >
              {code}
            </ActDialog>
          )}
          {open === 'remove' && (
            <ActDialog
              title={t('console.removeFactor')}
              lead={t('console.removeFactorLead')}
              confirm={t('console.removeFactor')}
              tone="careful"
              act={(data) => client.call(identity.removeSecondFactor, { body: { code: String(data.get('code')) } })}
              onDone={() => session.again()}
              onClose={close}
            >
              {code}
            </ActDialog>
          )}
        </>
      )}
    </Loaded>
  )
}
