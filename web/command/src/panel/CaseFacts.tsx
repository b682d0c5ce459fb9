import { useI18n } from '@linli/web-shared/i18n'
import { Attachments, Clocks, placeText, type CaseDetail } from '@linli/web-shared/ui'
import type { ReactNode } from 'react'
import { useRoom } from '../state/room.ts'

/** What is known of a case, in the order in which somebody who has to act asks for it. */
export function CaseFacts({ detail }: { detail: CaseDetail }) {
  const { t, word, pick, times, language } = useI18n()
  const { session } = useRoom()
  const { case: row, said, condition, advice, filing, reporter } = detail
  const stop = language === 'en' ? ', ' : '、'
  return (
    <>
      <Part title={t('case.said')}>
        <blockquote>{said.text}</blockquote>
        {said.flags.length > 0 && <p className="faint">{t('case.flags', { flags: said.flags.map((flag) => word('flag', flag)).join(stop) })}</p>}
        <Attachments caseId={row.id} rows={said.photos} purpose={session.purpose} />
        <Facts
          rows={[
            [t('case.place'), [placeText(row.areaNames), said.address].filter(Boolean).join(language === 'en' ? ', ' : '，') || t('case.noPlace')],
            [t('case.channel'), word('channel', row.channel)],
            [t('case.openedAt'), times.full(Date.parse(row.openedAt))],
            ...(said.saidAt === null ? [] : [[t('case.saidAt'), times.full(Date.parse(said.saidAt))] as const]),
            ...(reporter ? [[t('case.reporter'), [reporter.name, reporter.contact].filter(Boolean).join(' · ') || t('common.none')] as const] : []),
          ]}
        />
      </Part>
      <Part title={t('case.clocks')}>
        <Clocks rows={detail.deadlines} />
      </Part>
      <Part title={t('case.matter')}>
        <Facts
          rows={[
            [t('case.matter'), row.matterName ?? t('case.noMatter')],
            ...(condition
              ? [
                  [t('case.filingCondition'), condition.filing] as const,
                  [t('case.closingCondition'), condition.closing] as const,
                  [t('case.limit'), condition.limitText || t('common.none')] as const,
                ]
              : []),
            [t('case.filing'), t('common.pair', { name: word('outcome', filing.outcome), value: pick(filing) })],
          ]}
        />
        {condition && <p className="faint">{t('case.edition', { n: condition.edition, row: condition.rowNo })}</p>}
      </Part>
      <Part title={t('case.owner')}>
        <Facts
          rows={[
            [t('case.owner'), row.ownerName ?? t('case.noOwner')],
            ...(advice && advice.owner !== row.owner ? [[t('case.advice'), advice.ownerName] as const] : []),
          ]}
        />
        {advice && <p className="rule-line">{pick(advice)}</p>}
      </Part>
      {detail.publicReply !== null && (
        <Part title={t('case.reply')}>
          <blockquote>{detail.publicReply}</blockquote>
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Facts({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
