export { contrastOf, mix } from './contrast.ts'
export { ThemeProvider, useTheme } from './ThemeProvider.tsx'
export { THEMES, tokensOf, type ThemeName, type Tokens } from './tokens.ts'
