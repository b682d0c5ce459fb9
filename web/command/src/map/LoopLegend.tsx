import { countOf, useI18n } from '@linli/web-shared/i18n'
import type { Pin } from '@linli/web-shared/map'
import { Sign, SIGNS, signOf } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'

/** The loop as a strip: what each sign means, how many of them are in view, and a filter by sign. */
export function LoopLegend({ pins, complete }: { pins: readonly Pin[]; complete: boolean }) {
  const { t, word, language } = useI18n()
  const { filters, filter } = useRoom()
  const late = pins.filter((pin) => pin.overdue).length
  return (
    <div className="loop" role="group" aria-label={t('map.legend')}>
      <p className="loop-total">
        {t('command.inView', { n: countOf(language, pins.length) })}
        {!complete && <small>{t('command.moreThan', { n: countOf(language, pins.length) })}</small>}
      </p>
      <ol>
        {SIGNS.map((sign) => (
          <li key={sign}>
            <button type="button" aria-pressed={filters.sign === sign} onClick={() => filter({ sign: filters.sign === sign ? undefined : sign })}>
              <Sign name={sign} size={20} />
              <span>{sign === 'voided' ? word('state', sign) : word('step', sign)}</span>
              <strong>{countOf(language, pins.filter((pin) => signOf(pin.step, pin.state) === sign).length)}</strong>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="loop-late" aria-pressed={filters.overdue} onClick={() => filter({ overdue: !filters.overdue })}>
        <i aria-hidden="true" />
        <span>{t('case.overdue')}</span>
        <strong>{countOf(language, late)}</strong>
      </button>
    </div>
  )
}
