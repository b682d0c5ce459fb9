import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, type SessionView } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'
import type { City } from '../desk.ts'
import { LookSwitch } from '../LookSwitch.tsx'
import { go, usePlace } from '../place.ts'
import { InvitationStep } from './InvitationStep.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { ProviderReturn } from './ProviderReturn.tsx'
import { RenewalStep } from './RenewalStep.tsx'
import { SecondStep } from './SecondStep.tsx'
import type { Step } from './steps.ts'

/** Every way into the console (登录): password, second factor, the city's sign-in service, an invitation, a password that is too old. */
export function SignInGate({ city, session }: { city: City; session: SessionView }) {
  const { t, pick, language } = useI18n()
  const place = usePlace()
  const ways = useAnswer(identity.signInWays, {}, { freshMs: 600_000 })
  const [step, setStep] = useState<Step>(() => {
    if (place.screen === 'invitation') return { kind: 'invitation', invitation: place.rest[0] ?? '' }
    const { search } = globalThis.location
    return /[?&](code|error)=/.test(search) ? { kind: 'returned', query: search.slice(1) } : { kind: 'password' }
  })
  useEffect(() => {
    document.title = `${t('command.signIn')} · ${language === 'en' ? city.nameEn : city.name}`
  }, [city, language, t])
  const again = (login?: string) => {
    if (place.screen === 'invitation') go('#/', true)
    setStep({ kind: 'password', ...(login === undefined ? {} : { login }) })
  }
  const rules = ways.data?.passwordRules
  return (
    <div className="enter">
      <aside className="enter-city">
        <h1>{language === 'en' ? city.nameEn : city.name}</h1>
        <p>{pick({ zh: city.brand.sloganZh, en: city.brand.sloganEn })}</p>
        {city.demo && <em className="badge">{t('command.demo')}</em>}
      </aside>
      <main className="enter-form">
        <div className="enter-look">
          <LookSwitch />
        </div>
        {step.kind === 'password' && <PasswordStep city={city} session={session} login={step.login} provider={ways.data?.provider ?? null} onStep={setStep} />}
        {step.kind === 'second' && <SecondStep challenge={step.challenge} session={session} onStep={setStep} onBack={() => again()} />}
        {step.kind === 'renewal' && <RenewalStep challenge={step.challenge} login={step.login} rules={rules} onDone={again} />}
        {step.kind === 'invitation' && <InvitationStep invitation={step.invitation} rules={rules} onDone={again} />}
        {step.kind === 'returned' && <ProviderReturn query={step.query} session={session} onStep={setStep} onBack={() => again()} />}
      </main>
    </div>
  )
}
