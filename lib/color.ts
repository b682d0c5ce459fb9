/** A colour as red, green and blue from 0 to 255. */
type Rgb = readonly [number, number, number]

/** Reads `#rrggbb`; throws on any other spelling. */
function rgbOf(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!match) throw new Error(`COLOR_INVALID ${hex}`)
  return [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16), Number.parseInt(match[3] ?? '', 16)]
}

function hexOf(rgb: Rgb): string {
  return `#${rgb
    .map((part) =>
      Math.round(Math.min(255, Math.max(0, part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** Contrast of two colours, 1 to 21 (WCAG 2.1, 1.4.3). */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = rgbOf(hex).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** A mixture: 0 gives the first colour, 1 the second. */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [rgbOf(one), rgbOf(other)]
  return hexOf([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share])
}

/** The colour, moved towards white or black in small steps until it reads on the surface with the contrast asked for. */
export function readableOn(color: string, surface: string, contrast = 4.5): string {
  const target = luminanceOf(surface) < 0.18 ? '#ffffff' : '#000000'
  for (let share = 0; share <= 1; share += 0.04) {
    const candidate = mix(color, target, share)
    if (contrastOf(candidate, surface) >= contrast) return candidate
  }
  return target
}
