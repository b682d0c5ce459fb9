import { EXCUSES, patrol } from '@linli/contract/endpoints/patrol'
import { useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ChoiceField, WordsField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import type { DutyRow } from './types.ts'

/** Says why a duty cannot be done in its period; it is counted apart and not as done. */
export function ExcuseDuty({ row, onClose }: { row: DutyRow; onClose(): void }) {
  const { t, pick } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const [madeAt, setMadeAt] = useState<string>()
  return (
    <ActDialog
      title={t('duties.excuseOf', { name: pick(row) })}
      lead={t('duties.excuseLead')}
      confirm={t('duties.excuse')}
      tone="careful"
      act={(data, key) => {
        const at = madeAt ?? new Date().toISOString()
        setMadeAt(at)
        const note = String(data.get('note') ?? '').trim()
        return client.call(patrol.excuseDuty, {
          key,
          body: {
            gridCode: row.gridCode,
            itemKey: row.itemKey,
            period: row.period,
            madeAt: at,
            reasonCode: EXCUSES.find((code) => code === data.get('reasonCode')) ?? 'not-applicable',
            ...(note === '' ? {} : { note }),
          },
        })
      }}
      onDone={() => {
        cache.renew(patrol.listDuties)
        say(t('duties.excused'))
        onClose()
      }}
      onClose={onClose}
    >
      <ChoiceField
        name="reasonCode"
        label={t('console.reason')}
        required
        options={[{ value: '', text: t('privacy.chooseVerdict') }, ...EXCUSES.map((value) => ({ value, text: t(`duties.excuse.${value}`) }))]}
      />
      <WordsField name="note" label={t('console.note')} maxLength={1_000} rows={2} />
    </ActDialog>
  )
}
