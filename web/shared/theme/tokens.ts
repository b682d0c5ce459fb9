import type { Step } from '@linli/contract/workflow'
import { mix, readableOn } from './contrast.ts'

export const THEMES = ['dark', 'light', 'wall'] as const
export type ThemeName = (typeof THEMES)[number]

/** The colours of one theme (配色); sizes and spacing are the same in all and lie in base.css. */
export interface Tokens {
  readonly dark: boolean
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

/** The colours of a theme in a city's brand colour, moved as far as reading demands. */
export function tokensOf(theme: ThemeName, brand: string): Tokens {
  const base = theme === 'light' ? LIGHT : theme === 'wall' ? WALL : DARK
  const accentFill = readableOn(brand, '#ffffff', 4.6)
  return {
    ...base,
    accent: readableOn(brand, base.raised, base.dark ? 6.2 : 5),
    accentFill,
    onAccent: '#ffffff',
    accentWash: mix(base.surface, accentFill, base.dark ? 0.32 : 0.1),
  }
}
