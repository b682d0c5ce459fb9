import { intake } from '@linli/contract/endpoints/intake'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import { isEnded, signOf } from '../signs.ts'
import { Sign } from '../Sign.tsx'
import { StepBar } from '../StepBar.tsx'
import { LoadingView, ProblemView } from '../states.tsx'
import { Answered } from './Answered.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { ReviewForm } from './ReviewForm.tsx'
import { openTo, storyKeys, type Tracked } from './story.ts'

/** A case that moves is looked at again by itself. */
const RENEW_MS = 30_000
const CLOSED: ReadonlySet<string> = new Set(['closed', 'evaluated'])

/** What became of one report (办理进度), for whoever holds its receipt: large type, few words, and always what comes next. */
export function TrackView({ receipt }: { receipt: string }) {
  const { t } = useI18n()
  const asked = useAnswer(intake.track, { params: { receipt } }, { everyMs: RENEW_MS })
  if (asked.problem?.code === 'NOT_FOUND')
    return (
      <div className="track-wrong" role="alert">
        <Icon name="alert" />
        <p>
          <strong>{t('follow.unknown')}</strong>
          {t('follow.unknownDo')}
        </p>
      </div>
    )
  if (asked.problem && !asked.data) return <ProblemView problem={asked.problem} onRetry={asked.again} />
  if (!asked.data) return <LoadingView lines={6} />
  return <Story tracked={asked.data} receipt={receipt} onChanged={asked.again} />
}

function Story({ tracked, receipt, onChanged }: { tracked: Tracked; receipt: string; onChanged(): void }) {
  const { t, word, times, pick } = useI18n()
  const at = (instant: string) => times.full(Date.parse(instant))
  const { now, then } = storyKeys(tracked)
  const open = openTo(tracked)
  return (
    <>
      <header className="track-head">
        <h2>{tracked.matterName ?? t('case.noMatter')}</h2>
        <p className="faint">
          {t('follow.number', { number: tracked.number })} · {t('follow.received', { at: at(tracked.receivedAt) })}
        </p>
      </header>
      <section className="track-now" aria-label={t('follow.next')}>
        <p className="track-state">
          <Sign name={signOf(tracked.step, tracked.state)} size={28} />
          <strong>{now ? t(now) : word('state', tracked.state)}</strong>
        </p>
        {tracked.outcome === 'rejected' && <p>{pick(tracked.reason)}</p>}
        {then && <p>{t(then)}</p>}
        {tracked.dueAt !== null && <p>{t('follow.due', { at: at(tracked.dueAt) })}</p>}
        {tracked.linkedTo !== null && <p>{t('follow.linkedTo', { number: tracked.linkedTo })}</p>}
        <StepBar step={tracked.step} state={tracked.state} ended={isEnded(tracked.state)} />
      </section>
      {tracked.publicReply !== null && (
        <section>
          <h3>{t(CLOSED.has(tracked.state) || tracked.state === 'voided' ? 'follow.reply' : 'follow.replyBefore')}</h3>
          <blockquote>{tracked.publicReply}</blockquote>
          {tracked.reply && <p className="faint">{t('follow.replyBy', { unit: tracked.reply.unitName, day: tracked.reply.actedOn })}</p>}
        </section>
      )}
      {(open === 'answer' || open === 'again') && <AnswerForm key={tracked.answer?.at ?? ''} tracked={tracked} receipt={receipt} onAnswered={onChanged} />}
      {open === 'nothing' && tracked.answer && (
        <>
          <Answered answer={tracked.answer} />
          {!tracked.answer.fixed && !CLOSED.has(tracked.state) && <p role="status">{t('follow.reopened')}</p>}
        </>
      )}
      {open === 'review' && <ReviewForm receipt={receipt} onAsked={onChanged} />}
      {tracked.informed.length > 0 && (
        <section>
          <h3>{t('follow.informed')}</h3>
          {tracked.informed.toReversed().map((told) => (
            <figure key={told.at}>
              <figcaption className="faint">{[told.unitName, at(told.at)].filter(Boolean).join(' · ')}</figcaption>
              <blockquote>{told.text}</blockquote>
            </figure>
          ))}
        </section>
      )}
      <section>
        <h3>{t('follow.steps')}</h3>
        <ol className="track-steps">
          {tracked.steps.toReversed().map((step, index) => (
            <li key={`${step.at} ${step.move} ${String(index)}`}>
              <strong>{word('move', step.move)}</strong>
              <span className="faint">{[step.unitName, at(step.at)].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
