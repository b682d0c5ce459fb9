import type { AnswerOf } from '@linli/contract/endpoint'
import { privacy } from '@linli/contract/endpoints/privacy'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, type CaseDetail } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { WordsField } from '../parts/fields.tsx'

type Shown = AnswerOf<typeof privacy.reveal>['reporters']
const SHOWN_MS = 60_000

/** Shows the reporter's contact once, for a reason that is logged, and takes it off the screen again after a minute (查看上报人). */
export function Reveal({ detail }: { detail: CaseDetail }) {
  const { t } = useI18n()
  const { session } = useDesk()
  const client = useClient()
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<Shown>()
  const usual = session.may('reporter.reveal')
  if (!detail.reporter || !(usual || session.may('reporter.emergency'))) return null
  return (
    <div className="reveal only-screen">
      {shown ? (
        <p className="secret-note" role="status">
          {shown.map((one) => (
            <strong key={one.reportId}>{[one.name, one.contact].filter(Boolean).join(' · ') || t('common.none')}</strong>
          ))}
          <small>{t('page.revealGone')}</small>
        </p>
      ) : (
        <Button onClick={() => setAsking(true)}>{t(usual ? 'page.reveal' : 'page.revealEmergency')}</Button>
      )}
      {asking && (
        <ActDialog
          title={t(usual ? 'page.reveal' : 'page.revealEmergency')}
          lead={t(usual ? 'page.revealLead' : 'page.revealEmergencyLead')}
          confirm={t('page.reveal')}
          tone="careful"
          act={(data, key) =>
            client.call(usual ? privacy.reveal : privacy.revealInEmergency, {
              params: { id: detail.case.id },
              body: { reason: String(data.get('reason') ?? '') },
              purpose: 'contact-reporter',
              key,
            })
          }
          onDone={(answer) => {
            setAsking(false)
            setShown(answer.reporters)
            setTimeout(() => setShown(undefined), SHOWN_MS)
          }}
          onClose={() => setAsking(false)}
        >
          <WordsField name="reason" label={t('console.reason')} required maxLength={500} rows={2} />
        </ActDialog>
      )}
    </div>
  )
}
