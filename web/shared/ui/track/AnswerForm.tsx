import type { BodyOf } from '@linli/contract/endpoint'
import { intake, RATINGS } from '@linli/contract/endpoints/intake'
import { useState } from 'react'
import { ApiProblem, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Button } from '../controls.tsx'
import { ProblemView } from '../states.tsx'
import { Answered } from './Answered.tsx'
import type { Tracked } from './story.ts'
import { useKeptKey } from './use-kept-key.ts'

type Body = BodyOf<typeof intake.answer>

/** Is it fixed? (是否解决) Two large buttons, three ratings, words if any; what a “no” does is said before it is sent. */
export function AnswerForm({ tracked, receipt, onAnswered }: { tracked: Tracked; receipt: string; onAnswered(): void }) {
  const { t, word, times } = useI18n()
  const client = useClient()
  const keyOf = useKeptKey()
  const [open, setOpen] = useState(tracked.answer === null)
  const [fixed, setFixed] = useState<boolean>()
  const [rating, setRating] = useState<Body['rating']>()
  const [text, setText] = useState('')
  const [lacks, setLacks] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [done, setDone] = useState<'thanks' | 'reopened'>()
  const send = async () => {
    if (fixed === undefined) return
    if (rating === undefined) return setLacks(true)
    const body: Body = { fixed, rating, ...(text.trim() === '' ? {} : { text }) }
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await client.call(intake.answer, { params: { receipt }, body, key: keyOf(JSON.stringify(body)) })
      setDone(answer.reopened ? 'reopened' : 'thanks')
      onAnswered()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  if (done)
    return (
      <p className="track-answered" role="status">
        {t(`follow.${done}`)}
      </p>
    )
  return (
    <section className="track-ask">
      {tracked.answer && <Answered answer={tracked.answer} />}
      {!open ? (
        <Button onClick={() => setOpen(true)}>{t('follow.changeAnswer')}</Button>
      ) : (
        <form
          aria-labelledby="track-ask"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <h3 id="track-ask">{t('follow.ask')}</h3>
          {tracked.answerUntil !== null && <p className="faint">{t('follow.askUntil', { at: times.full(Date.parse(tracked.answerUntil)) })}</p>}
          <div className="track-choices" role="group" aria-labelledby="track-ask">
            {([true, false] as const).map((value) => (
              <button key={String(value)} type="button" className="track-choice" aria-pressed={fixed === value} onClick={() => setFixed(value)}>
                {t(value ? 'follow.yes' : 'follow.no')}
              </button>
            ))}
          </div>
          {fixed === false && <p>{t(tracked.mayReopen ? 'follow.noMeans' : 'follow.noMeansSupervisor')}</p>}
          {fixed !== undefined && (
            <>
              <fieldset aria-invalid={lacks && rating === undefined}>
                <legend>{t('follow.rating')}</legend>
                <div className="track-choices">
                  {RATINGS.map((value) => (
                    <label key={value} className="track-choice">
                      <input type="radio" name="rating" checked={rating === value} onChange={() => setRating(value)} />
                      {word('rating', value)}
                    </label>
                  ))}
                </div>
                {lacks && rating === undefined && (
                  <p className="field-wrong" role="alert">
                    {t('follow.chooseRating')}
                  </p>
                )}
              </fieldset>
              <label className="track-words">
                <span>
                  {t('follow.words')} <span className="faint">{t('common.optional')}</span>
                </span>
                <textarea rows={3} maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
                <small className="faint">{t('follow.wordsHint')}</small>
              </label>
              {problem && <ProblemView problem={problem} />}
              <Button tone="main" type="submit" disabled={busy}>
                {busy ? t('common.sending') : t('follow.send')}
              </Button>
            </>
          )}
        </form>
      )}
    </section>
  )
}
