import { agoOf, useI18n } from '@linli/web-shared/i18n'
import { Due, Icon, placeText, Sign, signOf, useNowEvery, type CaseRow } from '@linli/web-shared/ui'
import { memo } from 'react'
import { linkTo } from '../place.ts'
import type { Claim } from './use-claims.ts'

/** There is nothing left to be on. */
const ENDED: ReadonlySet<string> = new Set(['closed', 'evaluated', 'voided'])

/** One case in the queue: what, where, with whom, how it stands, when it is due, and who is on it. */
export const QueueRow = memo(function QueueRow({
  row,
  claim,
  chosen,
  onChoose,
  onClaim,
  onRelease,
}: {
  row: CaseRow
  claim: Claim | undefined
  chosen: boolean
  onChoose(id: string, chosen: boolean): void
  onClaim(id: string): Promise<void>
  onRelease(id: string): Promise<void>
}) {
  const i18n = useI18n()
  const { t, word } = i18n
  const now = useNowEvery(30_000)
  const held = claim !== undefined && Date.parse(claim.until) > now ? claim : undefined
  return (
    <li className="queue-row" data-case={row.id} data-chosen={chosen} data-late={row.overdue}>
      <label className="queue-tick">
        <input type="checkbox" checked={chosen} onChange={(event) => onChoose(row.id, event.target.checked)} />
        <span className="unseen">{t('queue.choose', { number: row.number })}</span>
      </label>
      <a href={linkTo('cases', [row.number])}>
        <Sign name={signOf(row.step, row.state)} overdue={row.overdue} size={24} />
        <span className="queue-what">
          <strong>{row.matterName ?? t('case.noMatter')}</strong>
          <span>{row.title}</span>
        </span>
        <span className="queue-where" title={row.areaNames.join(' ')}>
          {placeText(row.areaNames.slice(-2)) || t('case.noPlace')}
          <small>{[row.areaNames[0], row.number].filter(Boolean).join(' · ')}</small>
        </span>
        <span className="queue-who">
          {row.ownerName ?? <span className="faint">{t('case.noOwner')}</span>}
          <small>{word('channel', row.channel)}</small>
        </span>
        <span className="queue-state">
          {word('state', row.state)}
          <small>
            {agoOf(i18n, now - Date.parse(row.stateAt))}
            {row.round > 1 && ` · ${t('case.round', { n: row.round })}`}
            {row.joined > 0 && ` · ${t('command.joined', { n: row.joined })}`}
          </small>
        </span>
        <span className="queue-due">
          <Due dueAt={row.dueAt} overdue={row.overdue} />
        </span>
      </a>
      <span className="queue-claim">
        {held ? (
          held.me ? (
            <button type="button" className="claim claim-mine" onClick={() => void onRelease(row.id)}>
              <Icon name="check" size={14} />
              {t('queue.mine')}
              <span className="unseen">{t('queue.release')}</span>
            </button>
          ) : (
            <button type="button" className="claim claim-other" title={t('queue.takeOver')} onClick={() => void onClaim(row.id)}>
              <Icon name="person" size={14} />
              {held.postTitle}
            </button>
          )
        ) : (
          !ENDED.has(row.state) && (
            <button type="button" className="claim" onClick={() => void onClaim(row.id)}>
              {t('queue.claim')}
            </button>
          )
        )}
      </span>
    </li>
  )
})
