import { workflows } from '@linli/contract/workflows/all'
import type { Session } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseDetail } from '../case/types.ts'
import { waitingLines } from './waiting.ts'

/** Whom the case waits for, and for what (现在等谁); the reader's own post is told so. */
export function WaitingFor({ detail, session, onOpen }: { detail: CaseDetail; session: Session | null | undefined; onOpen(id: string): void }) {
  const i18n = useI18n()
  const { t, language } = i18n
  const me = session ? { unitCode: session.post.unitCode, permissions: session.permissions } : undefined
  const lines = waitingLines(i18n, workflows['joint-event'], detail, me)
  const act = (acts: readonly string[]) => acts.join(language === 'en' ? ', ' : '、')
  return (
    <section className="waiting" aria-label={t('waiting.title')}>
      <h3>{t('waiting.title')}</h3>
      {lines.length === 0 ? (
        <p>{t('waiting.nobody')}</p>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={`${line.case?.id ?? line.unitName ?? ''} ${String(line.mine)}`} data-mine={line.mine}>
              {line.mine && <em className="badge badge-mine">{t('waiting.me')}</em>}
              {line.case ? (
                <LinkedCase id={line.case.id} number={line.case.number} onOpen={onOpen} />
              ) : (
                <span>
                  {line.unitName !== null
                    ? t('waiting.unit', { unit: line.unitName, act: act(line.acts) })
                    : line.mine
                      ? act(line.acts)
                      : t('waiting.anyone', { act: act(line.acts) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function LinkedCase({ id, number, onOpen }: { id: string; number: string; onOpen(id: string): void }) {
  const { t } = useI18n()
  return (
    <button type="button" className="text-button" onClick={() => onOpen(id)}>
      {t('waiting.case', { number })}
    </button>
  )
}
