import type { AnswerOf } from '@linli/contract/endpoint'
import { desk } from '@linli/contract/endpoints/desk'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'

type Quiet = AnswerOf<typeof desk.alerts>['quiet']

/** When nothing shall ring (免打扰); kept on the server, so that it holds on every screen of this person. */
export function QuietHours({ quiet, onChanged }: { quiet: Quiet; onChanged(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const doing = useAct()
  const [from, setFrom] = useState(quiet?.from ?? '20:00')
  const [to, setTo] = useState(quiet?.to ?? '07:30')
  const set = (next: Quiet) => void doing.run(() => client.call(desk.setQuiet, { body: { quiet: next } })).then((done) => done && onChanged())
  return (
    <details className="quiet-hours">
      <summary>{quiet ? t('alerts.quietSet', quiet) : t('alerts.quiet')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          set({ from, to })
        }}
      >
        <label>
          {t('console.from')}
          <input type="time" required value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('console.until')}
          <input type="time" required value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
        <Button type="submit" disabled={doing.busy}>
          {t('alerts.quietSave')}
        </Button>
        {quiet && (
          <Button tone="quiet" disabled={doing.busy} onClick={() => set(null)}>
            {t('alerts.quietOff')}
          </Button>
        )}
      </form>
      <p className="faint">{t('alerts.quietHint')}</p>
      {doing.problem && <Problem problem={doing.problem} />}
    </details>
  )
}
