import { intake } from '@linli/contract/endpoints/intake'
import { useState } from 'react'
import { ApiProblem, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Button } from '../controls.tsx'
import { ProblemView } from '../states.tsx'
import { useKeptKey } from './use-kept-key.ts'

/** Asks a person to look again at a report that was not filed (申请人工复核). */
export function ReviewForm({ receipt, onAsked }: { receipt: string; onAsked(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const keyOf = useKeptKey()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const [done, setDone] = useState(false)
  const send = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await client.call(intake.askReview, { params: { receipt }, body: { text }, key: keyOf(text) })
      setDone(true)
      onAsked()
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
        {t('follow.reviewAsked')}
      </p>
    )
  return (
    <form
      className="track-ask"
      aria-labelledby="track-review"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3 id="track-review">{t('follow.review')}</h3>
      <label className="track-words">
        <span>{t('follow.reviewWhy')}</span>
        <textarea required rows={3} maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {problem && <ProblemView problem={problem} />}
      <Button tone="main" type="submit" disabled={busy || text.trim() === ''}>
        {busy ? t('common.sending') : t('follow.review')}
      </Button>
    </form>
  )
}
