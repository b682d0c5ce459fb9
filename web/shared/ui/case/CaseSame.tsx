import { cases } from '@linli/contract/endpoints/cases'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Button } from '../controls.tsx'
import { likenessText } from '../strands/likeness.ts'
import { LoadingView, ProblemView } from '../states.tsx'
import type { Ability, CaseDetail } from './types.ts'
import { useCaseRoom } from './case-room.ts'
import { Part } from './parts.tsx'
import type { MoveDesk } from './use-move-desk.ts'

/** The same event reported more than once (同一事件): the main case or those that joined, and for whoever may link, the cases that look alike. */
export function CaseSame({ detail, desk }: { detail: CaseDetail; desk: MoveDesk }) {
  const { t } = useI18n()
  const { openCase } = useCaseRoom()
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

function Alike({ detail, link, desk }: { detail: CaseDetail; link: Ability; desk: MoveDesk }) {
  const i18n = useI18n()
  const { t, word } = i18n
  const { session, openCase } = useCaseRoom()
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
