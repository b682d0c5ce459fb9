import { useI18n } from '@linli/web-shared/i18n'
import { useField } from '../store/state.ts'

interface Point {
  readonly lon: number
  readonly lat: number
}
type Ring = readonly (readonly number[])[]
const WIDTH = 1_000
/** About 150 metres around the spot are always in view. */
const MARGIN = 0.0015

/** About five metres, for whoever has keys and no thumb. */
const NUDGE = 0.00005
const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

/** One's own grids as lines and a spot among them; a tap puts the spot elsewhere. Nothing of it needs a network. */
export function GridSketch({ spot, onPoint }: { spot: Point; onPoint?: (lon: number, lat: number) => void }) {
  const { t } = useI18n()
  const { areas, bundle } = useField()
  const shapes = (areas?.rows ?? []).map(({ code, geometry }) => ({
    code,
    rings: geometry.type === 'MultiPolygon' ? (geometry.coordinates as Ring[][]).flat() : (geometry.coordinates as Ring[]),
  }))
  const points = shapes.flatMap((shape) => shape.rings.flat())
  const near = points.filter(([lon = 0, lat = 0]) => Math.abs(lon - spot.lon) < MARGIN * 8 && Math.abs(lat - spot.lat) < MARGIN * 8)
  const lons = [...near.map((point) => point[0] ?? 0), spot.lon - MARGIN, spot.lon + MARGIN]
  const lats = [...near.map((point) => point[1] ?? 0), spot.lat - MARGIN, spot.lat + MARGIN]
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const squeeze = Math.cos((spot.lat * Math.PI) / 180)
  const scale = WIDTH / ((east - west) * squeeze)
  const height = Math.max(400, (north - south) * scale)
  const x = (lon: number) => (lon - west) * squeeze * scale
  const y = (lat: number) => (north - lat) * scale
  const drawing = (
    <svg className="sketch" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={t('field.map.sketch')}>
      {shapes.map(({ code, rings }) => (
        <path key={code} d={rings.map((ring) => `M${ring.map(([lon = 0, lat = 0]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`).join('')} />
      ))}
      {bundle?.grids.map((grid) => (
        <text key={grid.code} x={x(grid.center.lon)} y={y(grid.center.lat)} textAnchor="middle">
          {grid.name}
        </text>
      ))}
      <circle cx={x(spot.lon)} cy={y(spot.lat)} r="26" />
    </svg>
  )
  if (!onPoint) return drawing
  return (
    <button
      type="button"
      className="sketch-button"
      aria-label={t('field.map.sketchHint')}
      onClick={(event) => {
        if (event.detail === 0) return
        const box = event.currentTarget.getBoundingClientRect()
        onPoint(west + ((event.clientX - box.left) / box.width) * (east - west), north - ((event.clientY - box.top) / box.height) * (height / scale))
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key]
        if (!step) return
        event.preventDefault()
        onPoint(spot.lon + step[0] * NUDGE, spot.lat + step[1] * NUDGE)
      }}
    >
      {drawing}
    </button>
  )
}
