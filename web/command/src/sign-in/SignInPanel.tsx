import { ApiProblem } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, IconButton, ProblemView } from '@linli/web-shared/ui'
import { useState, type FormEvent } from 'react'
import { useRoom } from '../state/room.ts'
import { writeRoute } from '../state/route.ts'
import { DemoPeople } from './DemoPeople.tsx'

/** Signing in: one click on an invented person in the demo city, login and password everywhere. */
export function SignInPanel({ onClose }: { onClose: (() => void) | undefined }) {
  const { t } = useI18n()
  const { city, session } = useRoom()
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState<string>()
  const signIn = async (login: string, password: string) => {
    setBusy(login)
    setProblem(undefined)
    try {
      await session.signIn(login, password)
      onClose?.()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setBusy(undefined)
    }
  }
  return (
    <section className="panel sign-in" aria-labelledby="sign-in-title">
      <header className="panel-head">
        <h2 id="sign-in-title">{onClose ? t('command.changePerson') : t('command.signIn')}</h2>
        {onClose && <IconButton icon="close" label={t('common.close')} onClick={onClose} />}
      </header>
      <p className="sign-in-lead">{t('command.signInLead')}</p>
      <p className="sign-in-lead">
        <a href={writeRoute({ kind: 'track', receipt: undefined })}>{t('follow.byReceipt')}</a>
      </p>
      {problem && <ProblemView problem={problem} />}
      {(problem?.code === 'SECOND_FACTOR_NEEDED' || problem?.code === 'PASSWORD_EXPIRED') && (
        <p className="sign-in-lead">
          <a href="/console/">{t('command.signInAtConsole')}</a>
        </p>
      )}
      {session.problem && <ProblemView problem={session.problem} onRetry={session.again} />}
      {city.demo ? (
        <>
          <DemoPeople busy={busy} onChoose={(login, password) => void signIn(login, password)} />
          <details className="sign-in-other">
            <summary>{t('command.otherLogin')}</summary>
            <LoginForm busy={busy !== undefined} onSend={(login, password) => void signIn(login, password)} />
          </details>
        </>
      ) : (
        <LoginForm busy={busy !== undefined} onSend={(login, password) => void signIn(login, password)} />
      )}
    </section>
  )
}

function LoginForm({ busy, onSend }: { busy: boolean; onSend(login: string, password: string): void }) {
  const { t } = useI18n()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    onSend(String(data.get('login') ?? ''), String(data.get('password') ?? ''))
  }
  return (
    <form className="login-form" onSubmit={send}>
      <label>
        {t('command.login')}
        <input name="login" autoComplete="username" required maxLength={100} />
      </label>
      <label>
        {t('command.password')}
        <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
      </label>
      <Button tone="main" type="submit" disabled={busy}>
        {t('command.signIn')}
      </Button>
    </form>
  )
}
