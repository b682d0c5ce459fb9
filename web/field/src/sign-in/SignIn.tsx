import { identity } from '@linli/contract/endpoints/identity'
import type { AnswerOf } from '@linli/contract/endpoint'
import { ApiProblem } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState, type FormEvent } from 'react'
import { client } from '../api.ts'
import { Glyph } from '../parts/Glyph.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { enter, workerOf } from '../store/load.ts'
import { reread, setState, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'

type DemoPeople = AnswerOf<typeof identity.listDemoPeople>
/** Steps that people with a telephone play in the demo city. */
const FIELD_STEPS = ['report', 'check']

/** Signs a worker in; what waits to be sent stays, and goes when its own person is back. */
export function SignIn({ onDone }: { onDone?: () => void }) {
  const { t } = useI18n()
  const { worker, outbox } = useField()
  const [challenge, setChallenge] = useState<string>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const [demo, setDemo] = useState<DemoPeople>()
  useEffect(() => {
    void client.call(identity.listDemoPeople).then(setDemo, () => undefined)
  }, [])
  const signIn = async (call: () => Promise<AnswerOf<typeof identity.signIn>>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const { session } = await call()
      await enter(workerOf(session))
      setState({ link: 'online' })
      await reread()
      void syncNow(true)
      onDone?.()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const asked = error.code === 'SECOND_FACTOR_NEEDED' ? error.extra['challenge'] : undefined
      if (typeof asked === 'string') setChallenge(asked)
      else setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? '').trim()
    void signIn(() =>
      challenge === undefined
        ? client.call(identity.signIn, { body: { login: text('login'), password: String(data.get('password') ?? '') } })
        : client.call(identity.completeSignIn, { body: { challenge, code: text('code') } }),
    )
  }
  const people = FIELD_STEPS.flatMap((step) => demo?.rows.filter((row) => row.step === step) ?? [])
  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <Glyph name="house" size={44} />
        <h1>{t('field.name')}</h1>
        <p>{t(worker ? 'field.signInAgain' : 'field.slogan')}</p>
        {outbox.length > 0 && <p className="kept-note">{t('field.outboxKept', { n: outbox.length })}</p>}
      </header>
      <form className="stack" onSubmit={submit}>
        {challenge === undefined ? (
          <>
            <label className="field">
              <span>{t('field.login')}</span>
              <input name="login" autoComplete="username" autoCapitalize="none" required maxLength={100} />
            </label>
            <label className="field">
              <span>{t('field.password')}</span>
              <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
            </label>
          </>
        ) : (
          <label className="field">
            <span>{t('field.code')}</span>
            <input name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={20} />
          </label>
        )}
        {problem && <ProblemNote code={problem.code} />}
        <button type="submit" className="big main" disabled={busy}>
          {t(busy ? 'common.sending' : 'field.signIn')}
        </button>
      </form>
      {demo && people.length > 0 && challenge === undefined && (
        <section className="demo">
          <h2>{t('field.demo')}</h2>
          <ul>
            {people.slice(0, 4).map((person) => (
              <li key={person.login}>
                <button
                  type="button"
                  className="row-button"
                  disabled={busy}
                  onClick={() => void signIn(() => client.call(identity.signIn, { body: { login: person.login, password: demo.password ?? '' } }))}
                >
                  <strong>{person.personName}</strong>
                  <span>
                    {person.postTitle} · {person.areaName}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}
