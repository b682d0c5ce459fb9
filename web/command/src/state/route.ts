import { useSyncExternalStore } from 'react'

/** What the address bar points at; a link to it can be sent to a colleague. */
export type Route =
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'area'; readonly code: string }
  | { readonly kind: 'track'; readonly receipt: string | undefined }
  | { readonly kind: 'parts' }
  | { readonly kind: 'none' }

/** Reads the part of an address after `#`; anything unknown is no place. */
export function readRoute(hash: string): Route {
  const track = /^#\/track(?:\/([\w-]{20,60}))?$/.exec(hash)
  if (track) return { kind: 'track', receipt: track[1] }
  if (/^#\/?components$/.test(hash)) return { kind: 'parts' }
  const [, kind, value] = /^#\/(case|area)\/([\w-]{1,64})$/.exec(hash) ?? []
  if (kind === 'case' && value !== undefined) return { kind: 'case', id: value }
  if (kind === 'area' && value !== undefined) return { kind: 'area', code: value }
  return { kind: 'none' }
}

export function writeRoute(route: Route): string {
  switch (route.kind) {
    case 'case':
      return `#/case/${route.id}`
    case 'area':
      return `#/area/${route.code}`
    case 'track':
      return route.receipt === undefined ? '#/track' : `#/track/${route.receipt}`
    case 'parts':
      return '#/components'
    case 'none':
      return '#/'
  }
}

export function go(route: Route): void {
  globalThis.location.hash = writeRoute(route)
}

const listen = (listener: () => void) => {
  globalThis.addEventListener('hashchange', listener)
  return () => globalThis.removeEventListener('hashchange', listener)
}

/** The present route; new whenever the address changes, by a link or by the back button. */
export function useRoute(): Route {
  return readRoute(useSyncExternalStore(listen, () => globalThis.location.hash))
}
