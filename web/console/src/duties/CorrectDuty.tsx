import { patrol } from '@linli/contract/endpoints/patrol'
import { useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ReasonField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import type { DutyRow } from './types.ts'

/** Takes an own entry back within a day; the line stays, a correcting one stands beside it. */
export function CorrectDuty({ row, onClose }: { row: DutyRow; onClose(): void }) {
  const { t, pick } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  return (
    <ActDialog
      title={t('duties.correctOf', { name: pick(row) })}
      lead={t('duties.correctLead')}
      confirm={t('duties.correct')}
      tone="careful"
      act={(data, key) => client.call(patrol.correctEntry, { key, params: { id: row.entryId ?? '' }, body: { reason: String(data.get('reason')) } })}
      onDone={() => {
        cache.renew(patrol.listDuties)
        say(t('duties.corrected'))
        onClose()
      }}
      onClose={onClose}
    >
      <ReasonField />
    </ActDialog>
  )
}
