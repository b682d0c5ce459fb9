import { drain } from './outbox/drain.ts'

/** What is used here of a service worker's scope; the types of pages and of workers cannot stand in one program. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Waiting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Scope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void>; matchAll(): Promise<readonly { postMessage(message: unknown, options: object): void }[]> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(name: 'sync', listener: (event: Waiting & { readonly tag: string }) => void): void
  addEventListener(name: 'message', listener: (event: Waiting & { readonly data: unknown }) => void): void
}
const scope = globalThis as unknown as Scope

// The build puts the names of the files and its version here.
const SHELL = '__SHELL__' as unknown as readonly string[]
const REST = '__REST__' as unknown as readonly string[]
const CACHE = 'linli-field-__VERSION__'
const TILES = 'linli-field-tiles'
const MOST_TILES = 300
const base = new URL(scope.registration.scope)

scope.addEventListener('install', (event) => event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL.map((name) => new URL(name, base).href)))))

scope.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('linli-field-') && name !== CACHE && name !== TILES) await caches.delete(name)
      await scope.clients.claim()
    })(),
  ),
)

// The application and its files come from the telephone; the API never does, so nobody reads yesterday's answer as today's.
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== base.origin) return
  if (url.pathname.startsWith('/tiles/')) event.respondWith(tile(request))
  else if (!url.pathname.startsWith(base.pathname)) return
  else if (request.mode === 'navigate') event.respondWith(kept(new Request(base.href)))
  else event.respondWith(kept(request))
})

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok && new URL(request.url).pathname.includes('/assets/')) await cache.put(request, answer.clone())
  return answer
}

/** A tile is fresh where there is a network; without one, that of before is better than none. */
async function tile(request: Request): Promise<Response> {
  const cache = await caches.open(TILES)
  try {
    const answer = await fetch(request)
    if (answer.ok) {
      await cache.put(request, answer.clone())
      const keys = await cache.keys()
      for (const old of keys.slice(0, Math.max(0, keys.length - MOST_TILES))) await cache.delete(old)
    }
    return answer
  } catch (error) {
    const found = await cache.match(request)
    if (found) return found
    throw error
  }
}

// The browser calls when a network is back, also after the tab was closed; a call that could not send everything asks for another.
scope.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(sendAll())
})

async function sendAll(): Promise<void> {
  const { end } = await drain()
  for (const client of await scope.clients.matchAll()) client.postMessage('drained', {})
  if (end === 'later') throw new Error('OUTBOX_WAITS')
}

scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting())
  // What is not needed to open is fetched when the application has opened, so that the map too is there without a network.
  if (event.data === 'warm')
    event.waitUntil(
      caches.open(CACHE).then(async (cache) => {
        for (const name of REST) {
          const url = new URL(name, base).href
          if (!(await cache.match(url))) await cache.add(url).catch(() => undefined)
        }
      }),
    )
})
