import type { AnswerOf } from '@linli/contract/endpoint'
import type { insight } from '@linli/contract/endpoints/reach'
import { countOf, percentOf, useI18n } from '@linli/web-shared/i18n'
import { Hint } from '@linli/web-shared/ui'

type Answer = AnswerOf<typeof insight.indicators>
export type Rate = Answer['total'][number]

/** One rate with what it is made of; numerator and denominator open their cases, the name opens its definition. */
export function IndicatorCard({
  rate,
  definition,
  note,
  onOpen,
}: {
  rate: Rate
  definition: Answer['definitions'][number] | undefined
  /** What stands outside this rate, said beside it. */
  note?: string | undefined
  /** Opens the cases behind a part of the fraction; absent where they cannot be listed. */
  onOpen: ((part: 'numerator' | 'denominator') => void) | undefined
}) {
  const { t, pick, word, language } = useI18n()
  const formula = definition ? pick({ zh: definition.formulaZh, en: definition.formulaEn }) : t('common.none')
  return (
    <li className="indicator" data-indicator={rate.indicator}>
      <Hint
        className="indicator-name"
        text={
          <>
            <b>{t('command.formula')}</b>
            {formula}
            {rate.value === null && <em>{t('command.noCohort')}</em>}
          </>
        }
      >
        {word('indicator', rate.indicator)}
      </Hint>
      <strong className="indicator-value">{percentOf(language, rate.value)}</strong>
      <span className="indicator-bar" aria-hidden="true">
        <i style={{ width: `${(rate.value ?? 0) * 100}%` }} />
      </span>
      <span className="indicator-parts">
        <button
          type="button"
          disabled={rate.numerator === 0 || !onOpen}
          aria-label={t('command.openNumerator', { n: rate.numerator })}
          onClick={() => onOpen?.('numerator')}
        >
          {countOf(language, rate.numerator)}
        </button>
        <i aria-hidden="true">/</i>
        <button
          type="button"
          disabled={rate.denominator === 0 || !onOpen}
          aria-label={t('command.openDenominator', { n: rate.denominator })}
          onClick={() => onOpen?.('denominator')}
        >
          {countOf(language, rate.denominator)}
        </button>
      </span>
      {note !== undefined && <small className="indicator-note">{note}</small>}
    </li>
  )
}
