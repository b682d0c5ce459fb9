import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, likenessText, LoadingView, ProblemView, type Ability, type CaseDetail } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'
import { Part } from './parts.tsx'
import type { Desk } from './use-desk.ts'

/** The same event reported more than once (同一事件): the main case or those that joined, and for whoever may link, the cases that look alike. */
export function CaseSame({ detail, desk }: { detail: CaseDetail; desk: Desk }) {
  const { t } = useI18n()
  const { openCase } = useRoom()
  const link = detail.abilities.find((ability) => ability.move === 'link' && ability.allowed)
  const others = [
    ...(detail.linkedTo ? [{ ...detail.linkedTo, says: t('duty.linkedTo') }] : []),
    ...detail.joined.map((other) => ({ ...other, says: t('duty.joined') })),
  ]
  return (
    <>
      {others.length > 0 && (
        <Part title={t(detail.linkedTo ? 'duty.linkedTo' : 'duty.joined')}>
          <ul className="same">
            {others.map((other) => (
              <li key={other.id}>
                <button type="button" className="text-button" onClick={() => openCase(other.id)}>
                  {other.number}
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {link && detail.joined.length === 0 && <Alike detail={detail} link={link} desk={desk} />}
    </>
  )
}

function Alike({ detail, link, desk }: { detail: CaseDetail; link: Ability; desk: Desk }) {
  const i18n = useI18n()
  const { t, word } = i18n
  const { session, openCase } = useRoom()
  const asked = useAnswer(cases.listSimilar, { params: { id: detail.case.id }, purpose: session.purpose })
  return (
    <Part title={t('similar.title')}>
      {asked.loading && <LoadingView lines={2} />}
      {asked.problem && <ProblemView problem={asked.problem} onRetry={asked.again} />}
      {asked.data?.rows.length === 0 && <p className="faint">{t('similar.none')}</p>}
      <ul className="same">
        {asked.data?.rows.map((one) => (
          <li key={one.case.id}>
            <button type="button" className="text-button" onClick={() => openCase(one.case.id)}>
              {one.case.title}
            </button>
            <small>{[one.case.number, word('state', one.case.state), likenessText(i18n, one, detail.case.matterKey)].join(' · ')}</small>
            <Button onClick={() => desk.toggle(link, { main: one.case.id })}>{t('similar.link')}</Button>
          </li>
        ))}
      </ul>
    </Part>
  )
}
