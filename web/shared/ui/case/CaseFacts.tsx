import { useI18n } from '../../i18n/index.ts'
import { Attachments } from './Attachments.tsx'
import { placeText } from './place.ts'
import type { CaseDetail } from './types.ts'
import { useCaseRoom } from './case-room.ts'
import { Facts, Part } from './parts.tsx'

/** What was said and what the catalogue makes of it. */
export function CaseFacts({ detail }: { detail: CaseDetail }) {
  const { t, word, pick, times, language } = useI18n()
  const { session } = useCaseRoom()
  const { case: row, said, condition, filing, reporter } = detail
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
    </>
  )
}
