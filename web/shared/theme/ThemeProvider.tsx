import { createContext, use, useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { recall, remember } from '../kept.ts'
import { applyTheme } from './apply-theme.ts'
import { DESK_THEMES, tokensOf, type ThemeName, type Tokens } from './tokens.ts'

export interface ThemeView {
  readonly theme: ThemeName
  readonly tokens: Tokens
  setTheme(theme: ThemeName): void
  /** The city's colour, as soon as it is known. */
  setBrand(color: string): void
}

const ThemeContext = createContext<ThemeView | undefined>(undefined)
const NO_BRAND = '#2c6e63'

/** The theme of the page; it is remembered on this device. */
export function useTheme(): ThemeView {
  const view = use(ThemeContext)
  if (!view) throw new Error('THEME_PROVIDER_MISSING')
  return view
}

/** `keptAs` names what is remembered, so that a wall and a desk in one browser do not take each other's. */
export function ThemeProvider({
  initial,
  offered = DESK_THEMES,
  keptAs = 'theme',
  children,
}: {
  initial: ThemeName
  offered?: readonly ThemeName[]
  keptAs?: string
  children: ReactNode
}) {
  const [theme, setTheme] = useState<ThemeName>(() => recall(keptAs, offered) ?? initial)
  const [brand, setBrand] = useState(NO_BRAND)
  const tokens = useMemo(() => tokensOf(theme, brand), [theme, brand])
  useLayoutEffect(() => applyTheme(document.documentElement, theme, tokens), [theme, tokens])
  const view = useMemo(
    () => ({
      theme,
      tokens,
      setBrand,
      setTheme: (next: ThemeName) => {
        remember(keptAs, next)
        setTheme(next)
      },
    }),
    [theme, tokens, keptAs],
  )
  return <ThemeContext value={view}>{children}</ThemeContext>
}
