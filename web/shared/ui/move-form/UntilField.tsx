import { useI18n } from '../../i18n/index.ts'
import { dayAfter } from '../explain/days.ts'
import { useNowEvery } from '../use-now.ts'
import { Field } from './Field.tsx'

/** A day of the city after today (至哪一天); the browser's own calendar serves every device. */
export function UntilField({ value, wrong, onChange }: { value: string; wrong: string | undefined; onChange(day: string): void }) {
  const { t, word, timeZone } = useI18n()
  const now = useNowEvery(60_000)
  return (
    <Field id="move-until" label={word('need', 'until')} hint={t('form.untilHint')} wrong={wrong}>
      <input
        id="move-until"
        type="date"
        className="search"
        min={dayAfter(timeZone, now)}
        value={value}
        aria-invalid={wrong !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
