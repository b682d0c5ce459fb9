import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { Loaded } from '../parts/Loaded.tsx'

const FIRST = 8

/** The invented people of the demo city; those who keep the program come first, for this is their place. */
export function DemoPeople({ busy, onChoose }: { busy: boolean; onChoose(login: string, password: string): void }) {
  const { t } = useI18n()
  const asked = useAnswer(identity.listDemoPeople, {}, { freshMs: 3_600_000 })
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h3 id="demo-title">{t('console.demoPeople')}</h3>
      <p className="faint">{t('command.demoHint')}</p>
      <input
        type="search"
        className="search"
        value={typed}
        placeholder={t('command.findPerson')}
        aria-label={t('command.findPerson')}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Loaded asked={asked} lines={4}>
        {({ rows, password }) => {
          const found = rows
            .filter((row) => q === '' || [row.personName, row.postTitle, row.unitName, row.areaName].some((text) => text.includes(q)))
            .sort((a, b) => Number(a.step !== '') - Number(b.step !== ''))
          return found.length === 0 ? (
            <p className="faint">{t('command.noPerson')}</p>
          ) : (
            <ul>
              {found.slice(0, q === '' ? FIRST : 40).map((row) => (
                <li key={row.login}>
                  <button type="button" disabled={busy || password === null} onClick={() => password !== null && onChoose(row.login, password)}>
                    <strong>{row.personName}</strong>
                    <span>{row.postTitle}</span>
                    <small>{row.unitName}</small>
                  </button>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </section>
  )
}
