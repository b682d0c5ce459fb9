import { useI18n } from '../../i18n/index.ts'
import { Field } from './Field.tsx'

/** One reason of the move's own list (理由). */
export function ReasonField({
  move,
  reasons,
  value,
  wrong,
  onChange,
}: {
  move: string
  reasons: readonly string[]
  value: string | undefined
  wrong: string | undefined
  onChange(code: string): void
}) {
  const { t, reason } = useI18n()
  return (
    <Field id="move-reason" label={t('need.reason')} wrong={wrong} group>
      <div className="choice-row">
        {reasons.map((code) => (
          <label key={code} className="choice-card">
            <input type="radio" name="move-reason" checked={value === code} onChange={() => onChange(code)} />
            <span>{reason(move, code)}</span>
          </label>
        ))}
      </div>
    </Field>
  )
}
