import type { BodyOf } from '@linli/contract/endpoint'
import { patrol } from '@linli/contract/endpoints/patrol'
import { useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ChoiceField, LineField, TickField, WordsField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import { answersOf, fieldsOf, type FormField } from '@linli/web-shared/forms'
import { Photos } from './Photos.tsx'
import { PositionField, type PhonePosition } from './PositionField.tsx'
import type { DutyItem, DutyRow } from './types.ts'

type Body = BodyOf<typeof patrol.doDuty>

const nowText = () => new Date().toISOString()

/** Says that a duty was done: the few fields, the evidence that it demands, and what was found, if anything. */
export function DoDuty({ row, item, onClose }: { row: DutyRow; item: DutyItem; onClose(): void }) {
  const { t, pick, language } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const [photos, setPhotos] = useState<readonly string[]>([])
  const [position, setPosition] = useState<PhonePosition>()
  const [found, setFound] = useState(false)
  // The act keeps the time at which somebody first sent it: the same act sent again is the same act.
  const [madeAt, setMadeAt] = useState<string>()
  const fields = fieldsOf(item.form, language)
  const photoNeeded = item.evidence === 'photo' || item.evidence === 'photoAndPosition'
  const positionNeeded = item.evidence === 'position' || item.evidence === 'photoAndPosition'
  const bodyOf = (data: FormData, at: string): Body => {
    const note = String(data.get('note') ?? '').trim()
    const finding = String(data.get('finding') ?? '').trim()
    const matter = String(data.get('matter') ?? '')
    return {
      gridCode: row.gridCode,
      itemKey: row.itemKey,
      period: row.period,
      madeAt: at,
      ...(fields.length === 0 ? {} : { form: answersOf(fields, data) }),
      ...(photos.length === 0 ? {} : { photos: [...photos] }),
      ...(position === undefined ? {} : { position }),
      ...(note === '' ? {} : { note }),
      ...(found && finding !== ''
        ? {
            finding: {
              text: finding,
              ...(matter === '' ? {} : { matter }),
              ...(position === undefined ? {} : { position }),
              ...(photos.length === 0 ? {} : { photos: [...photos] }),
            },
          }
        : {}),
    }
  }
  return (
    <ActDialog
      title={pick(row)}
      lead={
        <>
          <p>{pick(item.how)}</p>
          <p className="faint">
            {row.gridName} · {row.period}
          </p>
        </>
      }
      confirm={t('duties.do')}
      act={(data, key) => {
        const at = madeAt ?? nowText()
        setMadeAt(at)
        return client.call(patrol.doDuty, { key: `${key}.${photos.length}`, body: bodyOf(data, at) })
      }}
      onDone={({ entry }) => {
        cache.renew(patrol.listDuties)
        say(entry.caseNumber === null ? t('duties.done') : t('duties.doneCase', { number: entry.caseNumber }))
        onClose()
      }}
      onClose={onClose}
    >
      {fields.map((field) => (
        <Asked key={field.name} field={field} />
      ))}
      <Photos needed={photoNeeded} onChange={setPhotos} />
      <PositionField needed={positionNeeded} onChange={setPosition} />
      <WordsField name="note" label={t('console.note')} maxLength={1_000} rows={2} />
      {item.matters.length > 0 && (
        <>
          <TickField label={t('duties.found')} hint={t('duties.foundHint')} checked={found} onChange={(event) => setFound(event.target.checked)} />
          {found && (
            <>
              <WordsField name="finding" label={t('duties.finding')} required maxLength={5_000} rows={3} />
              {item.matters.length > 1 && (
                <ChoiceField
                  name="matter"
                  label={t('case.matter')}
                  options={item.matters.map((value) => ({ value, text: value }))}
                  defaultValue={item.matters[0]}
                />
              )}
            </>
          )}
        </>
      )}
    </ActDialog>
  )
}

function Asked({ field }: { field: FormField }) {
  const { t } = useI18n()
  const name = `form.${field.name}`
  if (field.kind === 'tick') return <TickField name={name} label={field.label} />
  if (field.kind === 'choice')
    return (
      <ChoiceField
        name={name}
        label={field.label}
        required={field.required}
        options={[{ value: '', text: t('privacy.chooseVerdict') }, ...field.options.map((value) => ({ value, text: value }))]}
      />
    )
  if (field.kind === 'words') return <WordsField name={name} label={field.label} required={field.required} maxLength={field.maxLength ?? 1_000} rows={2} />
  return (
    <LineField
      name={name}
      label={field.label}
      type="number"
      inputMode="decimal"
      required={field.required}
      min={field.minimum}
      max={field.maximum}
      step={field.kind === 'integer' ? 1 : 'any'}
    />
  )
}
