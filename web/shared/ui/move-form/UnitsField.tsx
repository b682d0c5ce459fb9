import { dispatch } from '@linli/contract/endpoints/reach'
import { identity } from '@linli/contract/endpoints/identity'
import { Select } from 'antd'
import { useAnswer, useSession } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import type { CaseRow } from '../case/types.ts'
import { Field } from './Field.tsx'

/** The units to whom something is put (协办、吹哨、督办的单位): one or several, the co-owners of the dispatch rule one click away. */
export function UnitsField({
  row,
  single,
  advised,
  optional,
  label,
  hint,
  value,
  wrong,
  onChange,
}: {
  row: CaseRow
  single: boolean
  /** Offers the co-owners that the rule names. */
  advised: boolean
  optional: boolean
  label: string
  hint?: string
  value: readonly string[]
  wrong: string | undefined
  onChange(units: readonly string[]): void
}) {
  const i18n = useI18n()
  const session = useSession()
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  const advice = useAnswer(
    dispatch.advise,
    { query: { matter: row.matterKey ?? '', area: row.areaPath.split('.').at(-1) ?? '' } },
    { enabled: advised && row.matterKey !== null && session.may('dispatch.read') },
  )
  const nameOf = (code: string) => {
    const unit = units.data?.rows.find((candidate) => candidate.code === code)
    return unit ? (i18n.language === 'en' && unit.nameEn !== null ? unit.nameEn : unit.name) : code
  }
  const options = (units.data?.rows ?? []).map((unit) => ({ value: unit.code, label: nameOf(unit.code) }))
  const coOwners = (advice.data?.owner?.coOwners ?? []).filter((code) => !value.includes(code))
  return (
    <Field id="move-targets" label={label} hint={hint} wrong={wrong} optional={optional}>
      <Select<string[]>
        id="move-targets"
        mode="multiple"
        {...(single ? { maxCount: 1 } : {})}
        showSearch={{ optionFilterProp: 'label' }}
        value={[...value]}
        placeholder={i18n.t('form.chooseUnits')}
        options={options}
        loading={units.fetching}
        onChange={(codes) => onChange(codes)}
      />
      {coOwners.length > 0 && (
        <div className="choice-row">
          {coOwners.map((code) => (
            <button key={code} type="button" className="button button-quiet" onClick={() => onChange([...value, code])}>
              <Icon name="plus" size={15} />
              {i18n.t('form.addByRule', { name: nameOf(code) })}
            </button>
          ))}
        </div>
      )}
    </Field>
  )
}
