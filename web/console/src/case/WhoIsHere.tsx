import { desk } from '@linli/contract/endpoints/desk'
import { ApiProblem, useAnswer, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { useEffect, useState } from 'react'
import { useHeard } from '../live.tsx'
import { useSay } from '../parts/Notices.tsx'
import { TakeOver } from '../queue/TakeOver.tsx'

const SIGN_EVERY_MS = 10_000

/** Who else has the case open, who is on it, and which posts have seen its alert (同屏与认领). */
export function WhoIsHere({ caseId, number }: { caseId: string; number: string }) {
  const { t, times } = useI18n()
  const client = useClient()
  const say = useSay()
  const [taking, setTaking] = useState<ApiProblem>()
  const [screen] = useState(() => crypto.randomUUID())
  const asked = useAnswer(desk.attend, { params: { id: caseId }, body: { here: true, screen } }, { everyMs: SIGN_EVERY_MS, freshMs: 0 })
  const known = asked.data
  useHeard((heard) => heard === undefined || (heard.attended && heard.id === caseId), asked.again, 400)
  useEffect(() => {
    const leave = () => void client.call(desk.attend, { params: { id: caseId }, body: { here: false, screen } }).catch(() => undefined)
    globalThis.addEventListener('pagehide', leave)
    return () => {
      globalThis.removeEventListener('pagehide', leave)
      leave()
    }
  }, [client, caseId, screen])
  const claim = async (reason?: string) => {
    try {
      await client.call(desk.claim, { params: { id: caseId }, body: reason === undefined ? {} : { reason } })
      say(t('queue.claimed', { number }))
      setTaking(undefined)
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem
      setTaking(problem)
    }
    asked.again()
  }
  const release = async () => {
    await client.call(desk.release, { params: { id: caseId }, body: {} }).catch((problem: unknown) => {
      if (!(problem instanceof ApiProblem)) throw problem
    })
    asked.again()
  }
  const others = known?.here.filter((one) => !one.me) ?? []
  const held = known?.claim
  return (
    <span className="who-is-here">
      <span role="status" className="who-here">
        {others.map((one) => (
          <span
            key={`${one.unitName} ${one.postTitle}`}
            className="who"
            title={t('page.hereSince', { post: one.postTitle, unit: one.unitName, at: times.minute(Date.parse(one.since)) })}
          >
            <Icon name="eye" size={14} />
            {t('page.here', { post: one.postTitle, unit: one.unitName })}
          </span>
        ))}
      </span>
      {(known?.seen.length ?? 0) > 0 && (
        <span className="who-seen" title={known?.seen.map((one) => `${one.unitName} ${one.postTitle} ${times.full(Date.parse(one.at))}`).join('\n')}>
          <Icon name="check" size={14} />
          {t('page.seen', { n: known?.seen.length ?? 0 })}
        </span>
      )}
      {known &&
        (held?.me ? (
          <button type="button" className="claim claim-mine" onClick={() => void release()}>
            <Icon name="check" size={14} />
            {t('page.claimedUntil', { at: times.minute(Date.parse(held.until)) })}
          </button>
        ) : (
          <button type="button" className={held ? 'claim claim-other' : 'claim'} onClick={() => void claim()}>
            {held ? t('page.claimedBy', { post: held.postTitle }) : t('queue.claim')}
          </button>
        ))}
      {taking && <TakeOver problem={taking} onTake={(reason) => claim(reason)} onClose={() => setTaking(undefined)} />}
    </span>
  )
}
