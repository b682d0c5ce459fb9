import type { ReporterAccount } from '../../cases/index.ts'
import { heading } from '../fields.ts'
import { markup, type Html } from '../markup.ts'
import type { Reader } from '../reader.ts'
import type { Tracked } from './story.ts'

/** Why it was decided so and how the time is counted (说明理由, R13, PIPL 24), from what was stored with each decision. */
export function whyBody(reader: Reader, tracked: Tracked, account: ReporterAccount | undefined): Html {
  const { t } = reader
  const reason = reader.pick(tracked.reason)
  const filing = t(tracked.outcome === 'filed' ? 'explain.filed' : tracked.outcome === 'rejected' ? 'explain.rejected' : 'explain.waiting', { reason })
  return markup`${heading(reader, t('explain.title'), t('explain.lead'))}
    <p class="hint">${t('track.number', { number: tracked.number })}</p>
    <section class="note">
      <h2>${t('explain.filing')}</h2>
      <p>${filing}</p>
      ${tracked.reason.rule !== null && markup`<p class="hint">${t('explain.rule', { rule: tracked.reason.rule })}</p>`}
      <p class="hint">${t('explain.noMachineNo')}</p>
    </section>
    <section class="note">
      <h2>${t('explain.dispatch')}</h2>
      ${dispatch(reader, account?.dispatch ?? null)}
    </section>
    <section class="note">
      <h2>${t('explain.clock')}</h2>
      ${account?.clock ? clock(reader, account.clock) : markup`<p>${t('explain.clockNone')}</p>`}
    </section>`
}

function dispatch(reader: Reader, found: ReporterAccount['dispatch']): Html {
  const { t } = reader
  if (!found) return markup`<p>${t('explain.notYet')}</p>`
  const fill = { at: reader.at(found.at), unit: found.unitName, words: found.words ? reader.pick(found.words) : '' }
  const key = found.by === 'rule' ? 'explain.byRule' : found.by === 'ruling' ? 'explain.byRuling' : 'explain.byPerson'
  return markup`<p>${t(key, fill).trim()}</p>
    ${found.rule !== null && markup`<p class="hint">${t('explain.rule', { rule: found.rule })}</p>`}`
}

function clock(reader: Reader, found: NonNullable<ReporterAccount['clock']>): Html {
  const { t } = reader
  const span = (amount: number) => limitWords(reader, found.clock, amount)
  const lines = [
    t('explain.limit', { stage: reader.word('stage', found.stage), limit: span(found.amount) }),
    reader.word('rule', found.rule, ''),
    found.extension > 0 ? t('explain.extended', { limit: span(found.extension) }) : '',
    t('explain.start', { at: reader.at(found.startedAt) }),
    found.pausedNow ? t('explain.pausedNow') : found.pausedMinutes > 0 ? t('explain.paused') : '',
    found.pausedNow ? '' : t('explain.end', { at: reader.at(found.dueAt) }),
    found.provisional ? t('explain.provisional') : '',
  ]
  return markup`<ul class="plain">
      ${lines.flatMap((line) => (line === '' ? [] : [markup`<li>${line}</li>`]))}
    </ul>
    <details>
      <summary>${t('explain.days')}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="${t('explain.days')}">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('explain.day')}</th>
              <th scope="col">${t('explain.kind')}</th>
              <th scope="col">${t('explain.counted')}</th>
            </tr>
          </thead>
          <tbody>
            ${found.rows.map(
              (row) =>
                markup`<tr>
                  <td>${row.days === 1 ? reader.day(row.fromDay) : t('explain.range', { from: reader.day(row.fromDay), to: reader.day(row.toDay) })}</td>
                  <td>${row.name ?? reader.word('dayKind', row.kind)}</td>
                  <td>${row.minutes > 0 ? markup`${t('explain.yes')}: ${span(Math.round(row.amount * 100) / 100)}` : t('explain.no')}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`
}

/** A limit as people say it: what is shorter than two hours in minutes. */
function limitWords(reader: Reader, kind: string, amount: number): string {
  const minutes = Math.round(amount * 60)
  const short = amount < 2 && (kind === 'urgentHour' || kind === 'workHour')
  return short
    ? reader.t(kind === 'workHour' ? 'clock.workMinute' : 'clock.urgentMinute', { n: minutes })
    : reader.word('clock', kind).replace('{n}', String(amount))
}
