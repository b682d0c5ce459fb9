import { useId, useState, type ReactNode } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { Segments } from '../controls.tsx'
import { linesOf, rangeOf, type Point } from './scale.ts'

const SHOWN = ['picture', 'table'] as const

/** One row of figures in a chart; `text` writes a value as people read it. */
export interface Series {
  readonly name: string
  readonly points: readonly Point[]
  readonly share: boolean
  /** Columns from zero, or a line. */
  readonly as: 'line' | 'columns'
  text(value: number | null): string
}

/** A chart that can be read as a table (图表): the same figures, drawn or in rows, with what they mean above and how old they are below. */
export function Chart({ title, lead, series, foot }: { title: string; lead?: ReactNode; series: readonly Series[]; foot?: ReactNode }) {
  const { t } = useI18n()
  const id = useId()
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('picture')
  return (
    <figure className="chart" aria-labelledby={id}>
      <header className="chart-head">
        <figcaption id={id}>{title}</figcaption>
        <Segments<(typeof SHOWN)[number]>
          label={t('chart.shown')}
          value={shown}
          options={SHOWN.map((value) => ({ value, text: t(`chart.${value}`) }))}
          onChange={setShown}
        />
      </header>
      {lead}
      {shown === 'picture' ? series.map((one) => <Picture key={one.name} series={one} />) : <Table title={title} series={series} />}
      {foot}
    </figure>
  )
}

const WIDTH = 320
const HEIGHT = 96

function Picture({ series }: { series: Series }) {
  const { points, share, as, text } = series
  const range = rangeOf(points, share)
  const step = WIDTH / Math.max(1, points.length)
  const first = points[0]
  const last = points.at(-1)
  return (
    <div className="chart-picture">
      <span className="chart-name">
        {series.name}
        <strong>{text(last?.value ?? null)}</strong>
      </span>
      <svg viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none" role="img" aria-label={series.name}>
        {[0, 0.5, 1].map((part) => (
          <line key={part} className="chart-base" x1={0} x2={WIDTH} y1={HEIGHT * part} y2={HEIGHT * part} vectorEffect="non-scaling-stroke" />
        ))}
        {as === 'line'
          ? linesOf(points, range, WIDTH, HEIGHT).map((line) =>
              // A day between two without cases is a dot: a line of one point is not drawn.
              line.length === 1 ? (
                <line
                  key={line[0]?.x}
                  className="sparkline-last"
                  x1={line[0]?.x}
                  x2={line[0]?.x}
                  y1={line[0]?.y}
                  y2={line[0]?.y}
                  vectorEffect="non-scaling-stroke"
                />
              ) : (
                <polyline key={line[0]?.x} points={line.map(({ x, y }) => `${x},${y}`).join(' ')} vectorEffect="non-scaling-stroke" />
              ),
            )
          : points.map(({ label, value }, index) => {
              const height = ((value ?? 0) / range[1]) * HEIGHT
              return <rect key={label} x={index * step + step * 0.15} width={step * 0.7} y={HEIGHT - height} height={height} />
            })}
      </svg>
      <span className="chart-ends">
        <span>{first?.label}</span>
        <span>{text(range[1])}</span>
        <span>{last?.label}</span>
      </span>
    </div>
  )
}

function Table({ title, series }: { title: string; series: readonly Series[] }) {
  const { t } = useI18n()
  return (
    <div className="chart-table">
      <table>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('chart.day')}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(series[0]?.points ?? []).toReversed().map(({ label }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map((one) => (
                <td key={one.name}>{one.text(one.points.find((point) => point.label === label)?.value ?? null)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
