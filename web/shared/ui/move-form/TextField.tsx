import { Input } from 'antd'
import { Field } from './Field.tsx'

/** A field for words of several lines, kept as they are typed. */
export function TextField({
  id,
  label,
  hint,
  value,
  wrong,
  optional = false,
  maxLength,
  minRows = 2,
  onChange,
}: {
  id: string
  label: string
  hint: string
  value: string
  wrong: string | undefined
  optional?: boolean
  maxLength: number
  minRows?: number
  onChange(text: string): void
}) {
  return (
    <Field id={id} label={label} hint={hint} wrong={wrong} optional={optional}>
      <Input.TextArea
        id={id}
        value={value}
        maxLength={maxLength}
        autoSize={{ minRows, maxRows: 8 }}
        aria-required={!optional}
        aria-invalid={wrong !== undefined}
        status={wrong === undefined ? '' : 'error'}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
