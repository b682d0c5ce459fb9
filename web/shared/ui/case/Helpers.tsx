import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseDetail } from './types.ts'
import { useCaseRoom } from './case-room.ts'
import { whoCould } from './demo-helpers.ts'

/** In the demo city: who could carry this case on, one click away. */
export function Helpers({ detail }: { detail: CaseDetail }) {
  const { t } = useI18n()
  const { city, session } = useCaseRoom()
  const asked = useAnswer(identity.listDemoPeople, {}, { freshMs: 3_600_000 })
  const password = asked.data?.password
  const people = asked.data ? whoCould({ ...detail.case, next: detail.next }, asked.data.rows, city.name, session.session?.personName) : []
  if (people.length === 0 || typeof password !== 'string') return null
  return (
    <div className="helpers">
      <span className="faint">{t('command.nextPerson')}</span>
      <ul>
        {people.map((person) => (
          <li key={person.login}>
            <button type="button" onClick={() => void session.signIn(person.login, password)}>
              <strong>{person.personName}</strong>
              {person.postTitle} · {person.unitName}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
