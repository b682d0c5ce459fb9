import { useI18n } from '@linli/web-shared/i18n'
import { Button, Chart, EmptyView, IconButton } from '@linli/web-shared/ui'
import { useEffect, useRef } from 'react'
import type { Figure } from './FigureCard.tsx'

/** One figure at length: what it says, how it went, and the cases behind it. */
export function FigureDialog({ figure, asOf, onClose }: { figure: Figure; asOf: string; onClose(): void }) {
  const { t, times } = useI18n()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="help wall-dialog" aria-label={figure.name} onClose={onClose}>
      <header>
        <h2>
          {figure.name} <strong>{figure.value}</strong>
        </h2>
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      <p>
        <b>{t('command.formula')}</b> {figure.formula}
      </p>
      {figure.note !== undefined && <p>{figure.note}</p>}
      {figure.series.length === 0 ? (
        <EmptyView>{t('wall.noTrend')}</EmptyView>
      ) : (
        <Chart
          title={t('wall.trend', { n: figure.points.length })}
          series={figure.series}
          foot={<p className="faint">{t('command.asOf', { at: times.full(Date.parse(asOf)) })}</p>}
        />
      )}
      {figure.ways.length > 0 && (
        <div className="move-buttons">
          {figure.ways.map((way) => (
            <Button key={way.name} onClick={way.open}>
              {way.name}
            </Button>
          ))}
        </div>
      )}
    </dialog>
  )
}
