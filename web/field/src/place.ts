import { useSyncExternalStore } from 'react'

/** Where one is in the application: the parts of the address behind `#/`. */
export type Place = readonly [screen: string, ...rest: string[]]

const read = (): string => globalThis.location.hash.replace(/^#\/?/, '')

/** The place that the address names, drawn again whenever it changes. */
export function usePlace(): Place {
  const hash = useSyncExternalStore((listener) => {
    globalThis.addEventListener('hashchange', listener)
    return () => globalThis.removeEventListener('hashchange', listener)
  }, read)
  const [screen = '', ...rest] = hash.split('/').map(decodeURIComponent)
  return [screen === '' ? 'today' : screen, ...rest]
}

export const linkTo = (...place: readonly string[]): string => `#/${place.map(encodeURIComponent).join('/')}`

/** Goes somewhere; back leads to where one was. */
export function go(...place: readonly string[]): void {
  globalThis.location.hash = linkTo(...place)
}

/** One step back, or to the beginning where there is none. */
export function back(): void {
  if (globalThis.history.length > 1) globalThis.history.back()
  else go('today')
}
