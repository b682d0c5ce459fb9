import { linesOf, rangeOf, type Point } from './scale.ts'

const WIDTH = 120
const HEIGHT = 32
/** Room for the stroke and the last point. */
const EDGE = 4

/** The last days as one small line (走势), the last value marked; its words are read out, and a chart with a table tells the figures. */
export function Sparkline({ points, share, label }: { points: readonly Point[]; share: boolean; label: string }) {
  const lines = linesOf(points, rangeOf(points, share), WIDTH, HEIGHT)
  const last = lines.at(-1)?.at(-1)
  return (
    <svg
      className="sparkline"
      viewBox={`${-EDGE} ${-EDGE} ${WIDTH + 2 * EDGE} ${HEIGHT + 2 * EDGE}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      data-empty={lines.length === 0}
    >
      <line className="chart-base" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} vectorEffect="non-scaling-stroke" />
      {lines.map((line) => (
        <polyline key={line[0]?.x} points={line.map(({ x, y }) => `${x},${y}`).join(' ')} vectorEffect="non-scaling-stroke" />
      ))}
      {last && <line className="sparkline-last" x1={last.x} x2={last.x} y1={last.y} y2={last.y} vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
