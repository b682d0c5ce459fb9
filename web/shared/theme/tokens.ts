import { STEPS, type Step } from '@linli/contract/workflow'
import { mix, readableOn } from '@linli/lib/color'

/** Dark and light at a desk, `elder` for those who see less well (长辈版), and two for a wall that is read from five metres. */
export const THEMES = ['dark', 'light', 'elder', 'wall', 'wall-light'] as const
export type ThemeName = (typeof THEMES)[number]
/** The two that a person at a desk chooses between. */
export const DESK_THEMES = ['dark', 'light'] as const satisfies readonly ThemeName[]
/** The two that a wall chooses between. */
export const WALL_THEMES = ['wall', 'wall-light'] as const satisfies readonly ThemeName[]

/** The colours of one theme (配色); sizes and spacing are the same in all and lie in base.css. */
export interface Tokens {
  readonly dark: boolean
  /** How much larger words on the map are than at a desk; the style sheets enlarge the rest by the root's size. */
  readonly mapScale: number
  readonly ground: string
  readonly surface: string
  readonly raised: string
  readonly sunken: string
  readonly line: string
  readonly lineStrong: string
  readonly text: string
  readonly textSoft: string
  readonly textFaint: string
  readonly accent: string
  readonly accentFill: string
  readonly onAccent: string
  readonly accentWash: string
  readonly late: string
  readonly lateWash: string
  readonly good: string
  readonly focus: string
  readonly steps: Readonly<Record<Step, string>>
  readonly ended: string
}

const DARK = {
  dark: true,
  mapScale: 1,
  ground: '#0a0f12',
  surface: '#11181c',
  raised: '#1a2328',
  sunken: '#0d1316',
  line: '#263138',
  lineStrong: '#3d4c55',
  text: '#eaf0f1',
  textSoft: '#b4c1c6',
  textFaint: '#8c9ba2',
  late: '#ff8274',
  lateWash: '#3a1f1d',
  good: '#63cfae',
  focus: '#ffd479',
  steps: { report: '#ffae66', file: '#ecd06a', dispatch: '#cfa8ff', handle: '#76b9ff', check: '#5fd6b6', evaluate: '#a3b5ad' },
  ended: '#8c9ba2',
} as const

const WALL = {
  ...DARK,
  mapScale: 1.7,
  ground: '#06090b',
  surface: '#0c1215',
  raised: '#162026',
  sunken: '#080d0f',
  text: '#f6fafa',
  textSoft: '#c9d5d9',
  textFaint: '#9fadb3',
} as const

const LIGHT = {
  dark: false,
  mapScale: 1,
  ground: '#e6ecea',
  surface: '#fdfefd',
  raised: '#f1f5f3',
  sunken: '#f6f9f8',
  line: '#d6dfdb',
  lineStrong: '#a9b8b2',
  text: '#12201b',
  textSoft: '#3d4d47',
  textFaint: '#586861',
  late: '#b3261a',
  lateWash: '#fbe6e2',
  good: '#0d6b52',
  focus: '#0b57d0',
  steps: { report: '#9c4a00', file: '#6e5a00', dispatch: '#6d3fb0', handle: '#0d5aa7', check: '#0b6b56', evaluate: '#51615b' },
  ended: '#5d6c66',
} as const

const WALL_LIGHT = {
  ...LIGHT,
  mapScale: 1.7,
  ground: '#dfe7e4',
  surface: '#ffffff',
  text: '#07110d',
  textSoft: '#25332d',
  textFaint: '#3c4b44',
} as const

const ELDER = {
  ...LIGHT,
  mapScale: 1.3,
  ground: '#ffffff',
  surface: '#ffffff',
  raised: '#f3f6f5',
  sunken: '#ffffff',
  line: '#8b9994',
  lineStrong: '#4d5c56',
  text: '#000000',
  textSoft: '#1d2a25',
  textFaint: '#33413b',
} as const

const BASES = { dark: DARK, light: LIGHT, elder: ELDER, wall: WALL, 'wall-light': WALL_LIGHT } as const satisfies Record<ThemeName, Partial<Tokens>>
/** Contrast of every word: 4.5 at a desk (WCAG 2.1 AA), 7 for old eyes and from afar (AAA). */
export const CONTRAST: Readonly<Record<ThemeName, number>> = { dark: 4.5, light: 4.5, elder: 7, wall: 7, 'wall-light': 7 }

/** The colours of a theme in a city's brand colour, moved as far as reading demands. */
export function tokensOf(theme: ThemeName, brand: string): Tokens {
  const base: Omit<Tokens, 'accent' | 'accentFill' | 'onAccent' | 'accentWash'> = BASES[theme]
  const wanted = CONTRAST[theme]
  const strong = wanted > 4.5
  // Ground and raised are the surfaces that differ most from the rest: what reads on both reads on all.
  const read = (color: string) => (strong ? readableOn(readableOn(color, base.raised, wanted + 0.2), base.ground, wanted + 0.2) : color)
  const accentFill = readableOn(brand, '#ffffff', strong ? wanted : 4.6)
  const steps = Object.fromEntries(STEPS.map((step) => [step, read(base.steps[step])])) as Record<Step, string>
  return {
    ...base,
    steps,
    late: read(base.late),
    good: read(base.good),
    ended: read(base.ended),
    accent: read(readableOn(brand, base.raised, base.dark ? 6.2 : 5)),
    accentFill,
    onAccent: '#ffffff',
    accentWash: mix(base.surface, accentFill, base.dark ? 0.32 : 0.1),
  }
}
