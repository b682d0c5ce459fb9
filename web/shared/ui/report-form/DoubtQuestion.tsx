import { Button } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { boxAround, SmallMap } from '../../map/index.ts'
import type { Doubt } from './doubt.ts'

/** Which of two places is meant (是哪一处): both on a map, and the sender decides. Nothing has been kept until then. */
export function DoubtQuestion({ doubt, busy, onChoose }: { doubt: Doubt; busy: boolean; onChoose(reading: 'asSent' | 'asGcj02'): void }) {
  const { t } = useI18n()
  const box = useMemo(() => boxAround([doubt.asSent, doubt.asGcj02]), [doubt])
  const marks = useMemo(
    () => [
      { ...doubt.asSent, text: 'A' },
      { ...doubt.asGcj02, text: 'B' },
    ],
    [doubt],
  )
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const metres = (n: number | undefined) => (n === undefined || doubt.basis === 'city' ? '' : t('report.readingMetres', { n }))
  return (
    <section className="doubt" aria-labelledby="doubt-title">
      <h3 id="doubt-title" ref={title} tabIndex={-1}>
        {t('report.doubtTitle')}
      </h3>
      <p>{t(`report.doubt.${doubt.basis}`)}</p>
      <SmallMap box={box} marks={marks} />
      <ul>
        <li>
          <span>
            {t('report.readingA')}
            {metres(doubt.metres?.asSent)}
          </span>
          <Button disabled={busy} onClick={() => onChoose('asSent')}>
            {t('report.chooseA')}
          </Button>
        </li>
        <li>
          <span>
            {t('report.readingB')}
            {metres(doubt.metres?.asGcj02)}
          </span>
          <Button disabled={busy} onClick={() => onChoose('asGcj02')}>
            {t('report.chooseB')}
          </Button>
        </li>
      </ul>
      <p className="field-hint">{t('report.doubtKept')}</p>
    </section>
  )
}
