import { spanOf, useI18n } from '@linli/web-shared/i18n'
import { useNowEvery } from '@linli/web-shared/ui'
import { useState } from 'react'
import { addEntries } from '../outbox/add.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { reread, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import { shiftOf } from '../view.ts'

const MINUTE_MS = 60_000

/** On duty or off (上岗、下岗): one button, and what it means for one's position in a sentence. */
export function ShiftCard() {
  const i18n = useI18n()
  const { t } = i18n
  const state = useField()
  const guard = useTrouble()
  const now = useNowEvery(60_000) + state.offsetMs
  const [asking, setAsking] = useState(false)
  const { on, shift, waiting, since } = shiftOf(state)
  const personId = state.worker?.personId ?? ''
  const turn = () =>
    void guard(async () => {
      await addEntries([
        {
          personId,
          lane: 'shift',
          title: t(on ? 'field.shift.off' : 'field.shift.on'),
          act: on ? { kind: 'shiftOff', shiftId: shift?.id ?? null } : { kind: 'shiftOn' },
        },
      ])
      await reread()
      void syncNow(false)
    })
  return (
    <section className="shift" data-on={on}>
      <div>
        <strong>{t(on ? 'field.shift.isOn' : 'field.shift.isOff')}</strong>
        <p>
          {on && since !== null ? t('field.shift.since', { span: spanOf(i18n, Math.max(MINUTE_MS, now - since)) }) : t('field.shift.offHint')}
          {waiting && ` · ${t('field.shift.waits')}`}
        </p>
      </div>
      <button type="button" className={on ? 'shift-button' : 'shift-button main'} onClick={() => (on ? setAsking(true) : turn())}>
        <Glyph name="power" />
        {t(on ? 'field.shift.off' : 'field.shift.on')}
      </button>
      {asking && (
        <Confirm title={t('field.shift.offAsk')} act={t('field.shift.off')} careful={false} onAct={turn} onClose={() => setAsking(false)}>
          <p>{t('field.shift.offMeans')}</p>
        </Confirm>
      )}
    </section>
  )
}
