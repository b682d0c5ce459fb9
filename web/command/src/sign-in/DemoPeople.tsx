import { identity } from '@linli/contract/endpoints/identity'
import { STEPS } from '@linli/contract/workflow'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { LoadingView, ProblemView, Sign } from '@linli/web-shared/ui'
import { useState } from 'react'

const ROLES = ['file', 'dispatch', 'handle', 'check', 'evaluate', 'report', 'other'] as const
const FIRST = 4
const isStep = (name: string) => STEPS.find((step) => step === name)

/** The invented people of the demo city by the step they play, in the order of the loop; one click signs in. */
export function DemoPeople({ busy, onChoose }: { busy: string | undefined; onChoose(login: string, password: string): void }) {
  const { t, word } = useI18n()
  const asked = useAnswer(identity.listDemoPeople, {}, { freshMs: 3_600_000 })
  const [typed, setTyped] = useState('')
  const [opened, setOpened] = useState<readonly string[]>([])
  if (asked.problem) return <ProblemView problem={asked.problem} onRetry={asked.again} />
  if (!asked.data) return <LoadingView lines={6} />
  const { rows, password } = asked.data
  const q = typed.trim()
  const found = rows.filter((row) => q === '' || [row.personName, row.postTitle, row.unitName, row.areaName].some((text) => text.includes(q)))
  const groups = ROLES.map((role) => ({ role, people: found.filter((row) => (isStep(row.step) ?? 'other') === role) })).filter(
    ({ people }) => people.length > 0,
  )
  return (
    <div className="demo-people">
      <p className="faint">{t('command.demoHint')}</p>
      <input
        type="search"
        className="search"
        value={typed}
        placeholder={t('command.findPerson')}
        aria-label={t('command.findPerson')}
        onChange={(event) => setTyped(event.target.value)}
      />
      {groups.length === 0 && <p className="faint">{t('command.noPerson')}</p>}
      {groups.map(({ role, people }) => {
        const all = q !== '' || opened.includes(role) || people.length <= FIRST + 1
        return (
          <section key={role}>
            <h3>
              {role !== 'other' && <Sign name={role} />}
              {word('role', role)}
            </h3>
            <ul>
              {(all ? people : people.slice(0, FIRST)).map((row) => (
                <li key={row.login}>
                  <button
                    type="button"
                    disabled={busy !== undefined || password === null}
                    data-busy={busy === row.login}
                    onClick={() => password !== null && onChoose(row.login, password)}
                  >
                    <strong>{row.personName}</strong>
                    <span>{row.postTitle}</span>
                    <small>{row.unitName}</small>
                  </button>
                </li>
              ))}
            </ul>
            {!all && (
              <button type="button" className="more" onClick={() => setOpened([...opened, role])}>
                {t('command.allPeople', { n: people.length })}
              </button>
            )}
          </section>
        )
      })}
    </div>
  )
}
