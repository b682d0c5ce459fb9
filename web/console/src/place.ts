import { useSyncExternalStore } from 'react'

/** What the address bar points at (地址): a screen, what of it, and how it is filtered. A link to it can be sent to a colleague. */
export interface Place {
  readonly screen: string
  readonly rest: readonly string[]
  readonly query: Readonly<Record<string, string>>
}
type Query = Readonly<Record<string, string | undefined>>

/** Reads the part of an address after `#`, such as `#/people/42?q=li`; what cannot be read is left out. */
export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [screen = '', ...rest] = path.split('/').map((part) => decode(part))
  return { screen, rest: rest.filter((part) => part !== ''), query: Object.fromEntries(new URLSearchParams(query)) }
}

/** The address of a place, to be put into a link; empty filters are left out. */
export function linkTo(screen: string, rest: readonly string[] = [], query: Query = {}): string {
  const said = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')).toString()
  return `#/${[screen, ...rest].map((part) => encodeURIComponent(part)).join('/')}${said === '' ? '' : `?${said}`}`
}

/** Goes to a place; `replace` leaves no step for the back button, as filters do. */
export function go(address: string, replace = false): void {
  if (!replace) {
    globalThis.location.hash = address
    return
  }
  globalThis.history.replaceState(null, '', address)
  globalThis.dispatchEvent(new HashChangeEvent('hashchange'))
}

const listen = (listener: () => void) => {
  globalThis.addEventListener('hashchange', listener)
  return () => globalThis.removeEventListener('hashchange', listener)
}

/** The part of the address after `#`, new whenever it changes by a link or by the back button. */
export function useHash(): string {
  return useSyncExternalStore(listen, () => globalThis.location.hash)
}

/** Where the reader is. */
export function usePlace(): Place {
  return readPlace(useHash())
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
