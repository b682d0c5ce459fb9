import { InputNumber, Select } from 'antd'
import { useI18n } from '../../i18n/index.ts'
import { CLOCKS, type ClockName, type Draft } from './draft.ts'
import { Field } from './Field.tsx'

/** A limit: an amount by a clock (时限). An extension keeps the clock that it extends, and its first limit is the most. */
export function LimitField({
  value,
  most,
  optional,
  wrong,
  onChange,
}: {
  value: Draft['limit']
  /** The most that may be asked for, by the same clock; undefined where anything goes. */
  most: number | undefined
  optional: boolean
  wrong: string | undefined
  onChange(limit: Draft['limit']): void
}) {
  const { t, word, limit } = useI18n()
  const hint = most === undefined ? (optional ? t('form.optionalLimit') : undefined) : t('form.limitExtension', { limit: limit(value.clock, most) })
  return (
    <Field id="move-limit" label={word('need', 'limit')} hint={hint} wrong={wrong} optional={optional} group>
      <div className="limit-row">
        <InputNumber
          id="move-limit"
          aria-label={t('form.limitAmount')}
          aria-invalid={wrong !== undefined}
          min={0.25}
          max={most ?? 1_000}
          step={most !== undefined && most <= 1 ? 0.25 : 1}
          value={value.amount ?? null}
          onChange={(amount) => onChange({ ...value, amount: amount ?? undefined })}
        />
        <Select<ClockName>
          aria-label={t('form.limitClock')}
          value={value.clock}
          disabled={most !== undefined}
          options={CLOCKS.map((clock) => ({ value: clock, label: word('clockUnit', clock) }))}
          onChange={(clock) => onChange({ ...value, clock })}
        />
      </div>
    </Field>
  )
}
