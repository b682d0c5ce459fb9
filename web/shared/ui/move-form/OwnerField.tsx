import { identity } from '@linli/contract/endpoints/identity'
import { Select } from 'antd'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseDetail } from '../case/types.ts'
import { Field } from './Field.tsx'

/** The unit that shall own the case (责任单位), with the rule's advice chosen beforehand and its line of reasoning below. */
export function OwnerField({
  advice,
  except,
  value,
  wrong,
  onChange,
}: {
  advice: CaseDetail['advice']
  /** The unit that may not be chosen. */
  except: string | null
  value: string | undefined
  wrong: string | undefined
  onChange(owner: string): void
}) {
  const i18n = useI18n()
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  const rows = (units.data?.rows ?? []).filter((unit) => unit.code !== except)
  const options = rows.map((unit) => ({
    value: unit.code,
    label: `${i18n.language === 'en' && unit.nameEn !== null ? unit.nameEn : unit.name}${unit.code === advice?.owner ? ` · ${i18n.t('form.byAdvice')}` : ''}`,
  }))
  const shown = options.length > 0 || !advice ? options : [{ value: advice.owner, label: advice.ownerName }]
  return (
    <Field id="move-owner" label={i18n.t('need.owner')} hint={advice ? i18n.pick(advice) : undefined} wrong={wrong}>
      <Select
        id="move-owner"
        showSearch={{ optionFilterProp: 'label' }}
        value={value ?? null}
        placeholder={i18n.t('form.chooseOwner')}
        options={shown}
        loading={units.fetching}
        onChange={(code: string) => onChange(code)}
      />
    </Field>
  )
}
