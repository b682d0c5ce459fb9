import { useI18n, type Language } from '@linli/web-shared/i18n'
import { useTheme } from '@linli/web-shared/theme'
import { Segments } from '@linli/web-shared/ui'
import { useState } from 'react'
import { Confirm } from '../parts/Confirm.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { Screen } from '../parts/Screen.tsx'
import { linkTo } from '../place.ts'
import { signOut } from '../sign-in/sign-out.ts'
import { useField } from '../store/state.ts'
import { compare } from '../view.ts'
import { StorageLine } from './StorageLine.tsx'

/** Who I am here, what I have done and whether telephone and server agree, and what this telephone keeps (我的). */
export function MeScreen() {
  const { t, language, setLanguage } = useI18n()
  const { theme, setTheme } = useTheme()
  const state = useField()
  const [asking, setAsking] = useState(false)
  const { worker, bundle, outbox } = state
  if (!worker) return null
  const unsent = outbox.filter((entry) => entry.personId === worker.personId).length
  return (
    <Screen title={worker.personName} sub={`${worker.postTitle} · ${worker.areaName}`}>
      <section className="block">
        <h2>{t('field.numbers')}</h2>
        {bundle ? <Numbers /> : <p className="empty">{t('field.noDayOffline')}</p>}
        <Agreement />
      </section>
      <a className="row-link" href={linkTo('outbox')}>
        <Glyph name="waits" />
        <span className="grow">{t('field.outbox')}</span>
        <em>{unsent}</em>
        <Glyph name="next" size={20} />
      </a>
      <section className="block settings">
        <h2>{t('field.settings')}</h2>
        <Segments
          label={t('field.language')}
          value={language}
          options={[
            { value: 'zh-CN', text: '中文' },
            { value: 'en', text: 'English' },
          ]}
          onChange={(next: Language) => setLanguage(next)}
        />
        <Segments
          label={t('field.theme')}
          value={theme === 'light' ? 'light' : 'dark'}
          options={[
            { value: 'light', text: t('field.theme.light') },
            { value: 'dark', text: t('field.theme.dark') },
          ]}
          onChange={setTheme}
        />
      </section>
      <section className="block">
        <h2>{t('field.privacy')}</h2>
        <p>{t('field.privacy.position')}</p>
        <p>{t('field.privacy.kept')}</p>
        <StorageLine />
      </section>
      <button type="button" className="big careful" onClick={() => setAsking(true)}>
        {t('field.signOut')}
      </button>
      {asking && (
        <Confirm
          title={t(unsent > 0 ? 'field.signOut.unsent' : 'field.signOut.ask', { n: unsent })}
          act={t(unsent > 0 ? 'field.signOut.loose' : 'field.signOut')}
          onAct={() => void signOut()}
          onClose={() => setAsking(false)}
        >
          <p>{t(unsent > 0 ? 'field.signOut.unsentMeans' : 'field.signOut.means', { n: unsent })}</p>
        </Confirm>
      )}
    </Screen>
  )
}

const ROWS = ['done', 'excused', 'reported', 'moved', 'corrected'] as const

function Numbers() {
  const { t } = useI18n()
  const { bundle } = useField()
  const of = (span: 'today' | 'week') => bundle?.numbers.find((numbers) => numbers.span === span)
  const [today, week] = [of('today'), of('week')]
  return (
    <table className="numbers">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{t('field.numbers')}</span>
          </th>
          <th scope="col">{t('field.numbers.today')}</th>
          <th scope="col">{t('field.numbers.week')}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row} data-row={row}>
            <th scope="row">{t(`field.numbers.${row}`)}</th>
            <td>{today?.[row] ?? 0}</td>
            <td>{week?.[row] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether this telephone's count of today equals the server's, and if not, what lies between the two. */
function Agreement() {
  const { t } = useI18n()
  const state = useField()
  if (!state.bundle || !state.worker) return null
  const { server, sentHere, waiting, refused, elsewhere } = compare(state, state.worker.personId)
  const lines = [
    t('field.agree.server', { n: server }),
    ...(elsewhere > 0
      ? [t('field.agree.elsewhere', { n: elsewhere })]
      : elsewhere < 0
        ? [t('field.agree.less', { n: -elsewhere })]
        : [t('field.agree.equal', { n: sentHere })]),
    ...(waiting > 0 ? [t('field.agree.waiting', { n: waiting })] : []),
    ...(refused > 0 ? [t('field.agree.refused', { n: refused })] : []),
  ]
  return (
    <ul className="agree" data-server={server} data-here={sentHere} data-waiting={waiting} data-refused={refused}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
