/** One value of a chart with the words under it; null where there was nothing to measure. */
export interface Point {
  readonly label: string
  readonly value: number | null
}

/** A point in the picture's own units. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** From which to which value a picture goes: shares begin at zero and end at one where `share` says so, counts begin at zero. */
export function rangeOf(points: readonly Point[], share: boolean): readonly [low: number, high: number] {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  return [0, share ? 1 : Math.max(1, ...values)]
}

/** The stretches of a line, cut where nothing was measured; width and height in the picture's units, larger values higher up. */
export function linesOf(points: readonly Point[], range: readonly [number, number], width: number, height: number): Spot[][] {
  const [low, high] = range
  const step = points.length > 1 ? width / (points.length - 1) : 0
  const lines: Spot[][] = [[]]
  points.forEach(({ value }, index) => {
    if (value === null) lines.push([])
    else lines.at(-1)?.push({ x: round(index * step), y: round(height - ((value - low) / (high - low || 1)) * height) })
  })
  return lines.filter((line) => line.length > 0)
}

const round = (value: number) => Math.round(value * 100) / 100

/** The difference of the last two measured values; undefined where there are not two. */
export function changeOf(points: readonly Point[]): number | undefined {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const [before, last] = values.slice(-2)
  return before === undefined || last === undefined ? undefined : last - before
}
