import type { AnswerOf } from '@linli/contract/endpoint'
import { desk } from '@linli/contract/endpoints/desk'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Due, Icon, LoadingView } from '@linli/web-shared/ui'
import { useEffect, useRef, useState } from 'react'
import { useHeard } from '../live.tsx'
import { linkTo } from '../place.ts'
import { QuietHours } from './QuietHours.tsx'
import './alerts.css'

type Alerts = AnswerOf<typeof desk.alerts>
type Row = Alerts['fresh'][number]
const RENEW_MS = 8_000
const GROUPS = ['late', 'soon', 'fresh'] as const

/** The bell (待办提醒): what is late, due soon and new for me. Opening it writes down that it was seen. */
export function Bell() {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const asked = useAnswer(desk.alerts, {}, { keep: true, everyMs: 60_000 })
  const pop = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useHeard(
    (heard) => heard?.attended !== true,
    () => {
      // What somebody is reading does not change under their eyes.
      if (!open) cache.renew(desk.alerts)
    },
    RENEW_MS,
  )
  const data = asked.data
  // What is new rings; what is late keeps its mark after it was seen.
  const waiting = data ? data.counts.fresh || data.counts.late : 0
  const empty = data !== undefined && GROUPS.every((group) => data[group].length === 0)
  const silent = data?.quietNow === true
  const seen = useRef<string>(undefined)
  useEffect(() => {
    const box = pop.current
    if (!box) return undefined
    const toggled = (event: ToggleEvent) => setOpen(event.newState === 'open')
    box.addEventListener('toggle', toggled)
    return () => box.removeEventListener('toggle', toggled)
  }, [])
  useEffect(() => {
    if (!open || !data || seen.current === data.asOf) return
    seen.current = data.asOf
    const shown = GROUPS.flatMap((group) => data[group]).map((row) => ({ id: row.caseId, seq: row.seq }))
    // A receipt that did not arrive is written the next time.
    client.call(desk.seeAlerts, { body: { asOf: data.asOf, cases: shown } }).catch(() => undefined)
  }, [open, data, client])
  const close = () => {
    pop.current?.hidePopover()
    cache.renew(desk.alerts)
  }
  return (
    <>
      <button
        type="button"
        className="bell"
        popoverTarget="alerts-pop"
        data-silent={silent}
        aria-label={t(silent ? 'alerts.bellQuiet' : 'alerts.bell', { n: waiting })}
      >
        <Icon name={silent ? 'moon' : 'bell'} />
        {waiting > 0 && (
          <em aria-hidden="true" data-late={(data?.counts.late ?? 0) > 0 && !silent}>
            {waiting > 99 ? '99+' : waiting}
          </em>
        )}
      </button>
      <div ref={pop} id="alerts-pop" popover="auto" className="account-pop alerts-pop">
        {open && (
          <section aria-label={t('alerts.title')}>
            <h2>{t('alerts.title')}</h2>
            {!data && <LoadingView lines={4} />}
            {empty && <p className="faint alerts-none">{t('alerts.none')}</p>}
            {data &&
              GROUPS.map(
                (group) =>
                  data[group].length > 0 && (
                    <Group
                      key={group}
                      title={t(`alerts.${group}`, { n: group === 'fresh' ? data.fresh.length : data.counts[group] })}
                      rows={data[group]}
                      onOpen={close}
                    />
                  ),
              )}
            {data && !data.counts.complete && <p className="faint">{t('alerts.more')}</p>}
            <p>
              <a href={linkTo('queue', [], { mine: 'true', order: 'due' })} onClick={close}>
                {t('alerts.all')}
              </a>
            </p>
            {data && <QuietHours quiet={data.quiet} onChanged={() => cache.renew(desk.alerts)} />}
          </section>
        )}
      </div>
    </>
  )
}

function Group({ title, rows, onOpen }: { title: string; rows: readonly Row[]; onOpen(): void }) {
  const { t, word, times } = useI18n()
  return (
    <>
      <h3>{title}</h3>
      <ul className="alerts">
        {rows.map((row) => (
          <li key={row.caseId}>
            <a href={linkTo('cases', [row.number])} onClick={onOpen}>
              <strong>
                {row.fresh && <em className="badge badge-mine">{t('alerts.new')}</em>} {row.matterName ?? t('case.noMatter')}
              </strong>
              <span className="faint">{[row.areaNames.at(-1), word('state', row.state), times.full(Date.parse(row.stateAt))].filter(Boolean).join(' · ')}</span>
              <Due dueAt={row.dueAt} overdue={row.overdue} />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
