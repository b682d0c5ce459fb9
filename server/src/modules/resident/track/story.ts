import { STEPS } from '@linli/contract/workflow'
import { RATINGS } from '@linli/contract/endpoints/intake'
import type { ReporterAccount } from '../../cases/index.ts'
import type { Reporters } from '../../intake/index.ts'
import { choices, heading, link, mistakeList, stepLine, textField, type Mistake } from '../fields.ts'
import { markup, type Html } from '../markup.ts'
import { icon } from '../icons.ts'
import type { Reader } from '../reader.ts'

export type Tracked = Awaited<ReturnType<Reporters['track']>>

const ENDED: ReadonlySet<string> = new Set(['closed', 'evaluated'])
/** What was typed into a form of the page and could not be taken. */
export interface Typed {
  readonly fixed?: string
  readonly rating?: string
  readonly text?: string
  readonly why?: string
}
export interface StoryParts {
  readonly receipt: string
  readonly tracked: Tracked
  readonly account: ReporterAccount | undefined
  readonly mistakes: readonly Mistake[]
  readonly typed: Typed
  /** A key for the next answer, so that a form that is sent twice counts once. */
  readonly key: string
  readonly isNew: boolean
  /** What just happened, to be said first. */
  readonly done: 'thanks' | 'reopened' | 'reviewed' | undefined
  /** The reporter wants to change an answer. */
  readonly again: boolean
}

/** What a receipt opens (办理进度): how it stands, whom it waits for and until when, what was done, and what the reporter can say to it. */
export function storyBody(reader: Reader, parts: StoryParts): Html {
  const { t } = reader
  const { tracked, receipt, isNew, done } = parts
  const ended = ENDED.has(tracked.state)
  return markup`${isNew && receiptCard(reader, parts)} ${mistakeList(reader, parts.mistakes)}
    ${done && markup`<p class="ok big" role="status">${icon('check')}${t(done === 'thanks' ? 'track.thanks' : done === 'reopened' ? 'track.reopened' : 'track.reviewed')}</p>`}
    ${isNew ? markup`<h2>${tracked.matterName ?? t('track.noMatter')}</h2>` : heading(reader, tracked.matterName ?? t('track.noMatter'))}
    <p class="hint">${t('track.number', { number: tracked.number })} · ${t('track.received', { at: reader.at(tracked.receivedAt) })}</p>
    <section class="now" aria-label="${t('track.nowTitle')}">
      <p class="state">${icon(ended ? 'check' : 'clock')}<strong>${reader.word('now', tracked.state)}</strong></p>
      ${waiting(reader, parts)} ${stepLine(reader, STEPS, tracked.step, ended)}
    </section>
    ${
      tracked.state === 'voided' &&
      markup`<section class="note">
        <h2>${t('track.rejected')}</h2>
        <p>${tracked.outcome === 'rejected' ? reader.pick(tracked.reason) : tracked.publicReply}</p>
      </section>`
    }
    ${tracked.publicReply !== null && tracked.state !== 'voided' && reply(reader, tracked, ended)} ${answering(reader, parts, ended)}
    ${tracked.state === 'voided' && reviewForm(reader, parts)}
    <nav class="cards" aria-label="${t('nav.rights')}">
      ${link(`/r/track/${receipt}/why`, 'question', t('track.why'), t('explain.lead'))}${link(`/r/track/${receipt}/reads`, 'eye', t('track.reads'), t('home.rightsHint'))}
    </nav>
    ${
      tracked.informed.length > 0 &&
      markup`<section>
        <h2>${t('track.informed')}</h2>
        ${tracked.informed.toReversed().map(
          (told) =>
            markup`<figure>
              <figcaption class="hint">${[told.unitName, reader.at(told.at)].filter((part) => part !== null).join(' · ')}</figcaption>
              <blockquote>${told.text}</blockquote>
            </figure>`,
        )}
      </section>`
    }
    <section>
      <h2>${t('track.story')}</h2>
      <ol class="story">
        ${tracked.steps.toReversed().map(
          (step) =>
            markup`<li>
                <b>${reader.word('move', step.move)}</b
                ><span class="hint">${[step.unitName, reader.at(step.at)].filter((part) => part !== null).join(' · ')}</span>
              </li>`,
        )}
      </ol>
    </section>`
}

/** The receipt in groups of four, to be copied by hand; what is typed in later may have the spaces or not. */
export const grouped = (receipt: string): string => receipt.match(/.{1,4}/g)?.join(' ') ?? receipt

function receiptCard(reader: Reader, { tracked, receipt }: StoryParts): Html {
  const { t } = reader
  return markup`<section class="receipt" data-keep="${receipt}" data-number="${tracked.number}" data-at="${tracked.receivedAt}">
    ${heading(reader, t('report.sentTitle'))}
    <dl>
      <div>
        <dt>${t('report.sentNumber')}</dt>
        <dd>${tracked.number}</dd>
      </div>
      <div>
        <dt>${t('report.sentReceipt')}</dt>
        <dd class="code">${grouped(receipt)}</dd>
      </div>
    </dl>
    <p>${t('report.sentKeep')}</p>
    <p data-kept hidden>
      ${t('report.sentThisDevice')}
      <button type="button" class="text" data-forget data-forgotten="${t('report.sentForgotten')}">${t('report.sentForget')}</button>
    </p>
  </section>`
}

/** Whom it waits for, until when: in words, one line for each. */
function waiting(reader: Reader, { account, tracked }: StoryParts): Html {
  const { t } = reader
  const lines = (account?.waiting ?? []).map((one) => {
    if (one.caseNumber !== null) return t('track.waitCase', { number: one.caseNumber })
    const permission = one.permission ?? 'other'
    const act = reader.word('act', permission, t('act.other'))
    return one.unitName === null
      ? t('track.waitAnyone', { who: reader.word('who', permission, t('who.other')), act })
      : t('track.waitUnit', { unit: one.unitName, act })
  })
  const late = tracked.dueAt !== null && Date.parse(tracked.dueAt) < reader.now
  // After closing, the only thing that is still waited for is the reporter's own word.
  if (ENDED.has(tracked.state) || tracked.state === 'voided') return markup``
  return markup`${
    lines.length > 0 &&
    markup`<ul class="plain">
      ${[...new Set(lines)].map((line) => markup`<li>${line}</li>`)}
    </ul>`
  }
  ${tracked.dueAt !== null && markup`<p class="${late ? 'late' : ''}">${late && icon('alert')}${t(late ? 'track.waitLate' : 'track.waitUntil', { at: reader.at(tracked.dueAt) })}</p>`}`
}

function reply({ t, day }: Reader, tracked: Tracked, ended: boolean): Html {
  return markup`<section>
    <h2>${t(ended ? 'track.reply' : 'track.replyBefore')}</h2>
    <blockquote>${tracked.publicReply}</blockquote>
    ${tracked.reply && markup`<p class="hint">${t('track.replyBy', { unit: tracked.reply.unitName, day: day(tracked.reply.actedOn) })}</p>`}
  </section>`
}

function answering(reader: Reader, parts: StoryParts, ended: boolean): Html {
  const { t } = reader
  const { tracked, receipt, again } = parts
  const said =
    tracked.answer &&
    markup`<p class="ok">
      ${icon('check')}${t('track.answered', { fixed: t(tracked.answer.fixed ? 'track.fixedYes' : 'track.fixedNo'), rating: reader.word('rating', tracked.answer.rating) })}
    </p>`
  if (!ended || tracked.answerUntil === null) return markup`${said}`
  if (tracked.answer && !again && parts.mistakes.length === 0)
    return markup`${said}
      <p><a class="button" href="/r/track/${receipt}?again=yes">${t('track.answerAgain')}</a></p>`
  return markup`<section class="ask" aria-label="${t('track.fixed')}">
    <p class="hint">${t('track.fixedUntil', { at: reader.at(tracked.answerUntil) })} ${t(tracked.mayReopen ? 'track.noMeans' : 'track.noMeansSupervisor')}</p>
    <form method="post" action="/r/track/${receipt}/answer" novalidate>
      <input type="hidden" name="key" value="${parts.key}" />
      ${choices(parts.mistakes, {
        name: 'fixed',
        legend: t('track.fixed'),
        options: [
          ['yes', t('track.fixedYes')],
          ['no', t('track.fixedNo')],
        ],
        chosen: parts.typed.fixed ?? '',
      })}
      ${choices(parts.mistakes, { name: 'rating', legend: t('track.rating'), options: RATINGS.map((value) => [value, reader.word('rating', value)] as const), chosen: parts.typed.rating ?? '' })}
      ${textField(reader, parts.mistakes, { name: 'text', label: t('track.words'), hint: t('track.wordsHint'), value: parts.typed.text ?? '', rows: 3, optional: true })}
      <div class="buttons"><button class="main">${t('track.answer')}</button></div>
    </form>
  </section>`
}

function reviewForm(reader: Reader, { receipt, key, mistakes, typed }: StoryParts): Html {
  const { t } = reader
  return markup`<section class="ask">
    <h2>${t('track.reviewTitle')}</h2>
    <p class="hint">${t('track.reviewHint')}</p>
    <form method="post" action="/r/track/${receipt}/review" novalidate>
      <input type="hidden" name="key" value="${key}" />
      ${textField(reader, mistakes, { name: 'why', label: t('track.reviewWhy'), value: typed.why ?? '', rows: 3 })}
      <div class="buttons"><button class="main">${t('track.review')}</button></div>
    </form>
  </section>`
}
