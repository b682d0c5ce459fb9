import { useState } from 'react'
import { LANGUAGES, useI18n } from '../../i18n/index.ts'
import { Button, Segments } from '../controls.tsx'
import { receiptIn } from './story.ts'
import { TrackView } from './TrackView.tsx'
import './track.css'

const LANGUAGE_NAMES = { 'zh-CN': '中', en: 'EN' } as const

export interface TrackPageProps {
  /** The city's name, in the reader's language. */
  readonly cityName: string
  readonly receipt: string | undefined
  onLook(receipt: string | undefined): void
}

/** The page on which anybody follows a report by its receipt (办理进度查询), without signing in and made for a phone. */
export default function TrackPage({ cityName, receipt, onLook }: TrackPageProps) {
  const { t, language, setLanguage } = useI18n()
  return (
    <main className="track">
      <div className="track-page">
        <header className="track-top">
          <h1>
            {cityName}
            <span>{t('follow.title')}</span>
          </h1>
          <Segments
            label={t('command.language')}
            value={language}
            options={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
            onChange={setLanguage}
          />
        </header>
        {receipt === undefined ? (
          <Ask onLook={onLook} />
        ) : (
          <>
            <TrackView key={receipt} receipt={receipt} />
            <Button tone="quiet" onClick={() => onLook(undefined)}>
              {t('follow.again')}
            </Button>
          </>
        )}
      </div>
    </main>
  )
}

function Ask({ onLook }: { onLook(receipt: string): void }) {
  const { t } = useI18n()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <form
      className="track-ask"
      onSubmit={(event) => {
        event.preventDefault()
        const receipt = receiptIn(typed)
        if (receipt === undefined) setWrong(true)
        else onLook(receipt)
      }}
    >
      <label className="track-words">
        <span>{t('follow.lead')}</span>
        <input
          value={typed}
          maxLength={300}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong}
          aria-describedby={wrong ? 'track-malformed' : undefined}
          onChange={(event) => {
            setTyped(event.target.value)
            setWrong(false)
          }}
        />
      </label>
      {wrong && (
        <p id="track-malformed" className="field-wrong" role="alert">
          {t('follow.malformed')}
        </p>
      )}
      <Button tone="main" type="submit">
        {t('follow.look')}
      </Button>
    </form>
  )
}
