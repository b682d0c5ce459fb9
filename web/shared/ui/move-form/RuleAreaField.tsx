import { Select } from 'antd'
import { useI18n } from '../../i18n/index.ts'
import { areasOfPath } from '../case/place.ts'
import type { CaseRow } from '../case/types.ts'
import { Field } from './Field.tsx'

/** The area for which a ruling becomes a rule (裁定适用范围): the case's own or a wider one. */
export function RuleAreaField({
  row,
  value,
  wrong,
  onChange,
}: {
  row: CaseRow
  value: string | undefined
  wrong: string | undefined
  onChange(code: string): void
}) {
  const { t } = useI18n()
  return (
    <Field id="move-rule-area" label={t('form.ruleArea')} hint={t('form.ruleAreaHint')} wrong={wrong}>
      <Select<string>
        id="move-rule-area"
        value={value ?? null}
        options={areasOfPath(row).map((area) => ({ value: area.code, label: area.name }))}
        onChange={onChange}
      />
    </Field>
  )
}
