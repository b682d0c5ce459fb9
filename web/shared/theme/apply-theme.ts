import { STEPS } from '@linli/contract/workflow'
import type { ThemeName, Tokens } from './tokens.ts'

/** Hands the tokens to the style sheets as custom properties. */
export function applyTheme(root: HTMLElement, theme: ThemeName, tokens: Tokens): void {
  root.dataset['theme'] = theme
  root.style.colorScheme = tokens.dark ? 'dark' : 'light'
  const set = (name: string, value: string) => root.style.setProperty(`--${name}`, value)
  for (const [name, value] of Object.entries(tokens))
    if (typeof value === 'string')
      set(
        name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        value,
      )
  for (const step of STEPS) set(`step-${step}`, tokens.steps[step])
}
