import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import { repliesOf } from '../strands/replies.ts'
import type { CaseDetail, Entry } from './types.ts'
import { Facts, Part, type Fact } from './parts.tsx'

const CLOSED = new Set(['closed', 'evaluated'])

/** Between the city and the reporter: what was told on the way and at the end, by whom and when, and what the reporter said to it. */
export function CaseReporter({ detail, entries }: { detail: CaseDetail; entries: readonly Entry[] }) {
  const { t, word, times } = useI18n()
  const replies = repliesOf(entries)
  const { reply, answers } = detail
  const latest = replies.find((told) => !told.interim)
  return (
    <>
      {replies.length > 0 && (
        <Part title={t('replies.title')}>
          <p className="faint only-screen">{t('replies.seen')}</p>
          {replies.map((told) => (
            <figure key={told.seq} className="told">
              <figcaption>
                <em className="badge">{t(told.interim ? 'replies.interim' : 'replies.final')}</em>
                {told === latest && reply
                  ? t('replies.by', { unit: reply.unitName, day: reply.actedOn })
                  : [told.unitName, times.full(Date.parse(told.at))].filter(Boolean).join(' · ')}
              </figcaption>
              <blockquote>{told.text}</blockquote>
            </figure>
          ))}
        </Part>
      )}
      {(answers.length > 0 || CLOSED.has(detail.case.state)) && (
        <Part title={t('answers.title')}>
          {answers.length === 0 && <p className="faint">{t('answers.none')}</p>}
          <ul className="answers">
            {answers.toReversed().map((answer) => (
              <li key={answer.at} data-fixed={answer.fixed}>
                <Icon name={answer.fixed ? 'check' : 'alert'} size={15} />
                <strong>{t(answer.fixed ? 'answers.fixed' : 'answers.notFixed')}</strong>
                <span>{word('rating', answer.rating)}</span>
                <time dateTime={answer.at}>{times.full(Date.parse(answer.at))}</time>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {detail.handledOnTime !== null && (detail.handledOnTime === false || detail.exempt !== 'none') && <Timeliness detail={detail} />}
    </>
  )
}

/** The raw fact beside what an appeal made of it: the one never changes, the other decides the figures. */
function Timeliness({ detail }: { detail: CaseDetail }) {
  const { t, word } = useI18n()
  const rows: Fact[] = [
    [t('duty.fact'), t('common.pair', { name: t(detail.handledOnTime ? 'duty.inTime' : 'duty.late'), value: t('duty.factStays') })],
    [word('strand', 'appeal'), word('exempt', detail.exempt)],
  ]
  return (
    <Part title={t('duty.late')}>
      <Facts rows={rows} />
    </Part>
  )
}
