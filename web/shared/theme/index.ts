export { contrastOf, mix } from '@linli/lib/color'
export { ThemeProvider, useTheme } from './ThemeProvider.tsx'
export { DESK_THEMES, THEMES, tokensOf, WALL_THEMES, type ThemeName, type Tokens } from './tokens.ts'
