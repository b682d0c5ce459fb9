import { setState } from './store/state.ts'

/** Installs the service worker (离线支持) and says when a newer one waits; where there is none, everything but opening without a network works. */
export async function installWorker(): Promise<void> {
  const { serviceWorker } = globalThis.navigator
  // Where the sources are served as they are, there is no worker to install.
  if (!serviceWorker || import.meta.url.endsWith('/src/install.ts')) return
  const registration = await serviceWorker.register('/field/sw.js', { type: 'module', scope: '/field/' }).catch(() => undefined)
  if (!registration) return
  const look = () => {
    const waiting = registration.waiting
    if (waiting && serviceWorker.controller) setState({ fresh: true })
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  void serviceWorker.ready.then(({ active }) => {
    // What is not needed now is fetched when nothing else is under way, and not by whoever pays for each byte.
    const connection = 'connection' in globalThis.navigator ? (globalThis.navigator.connection as { saveData?: boolean }) : {}
    if (!connection.saveData) setTimeout(() => active?.postMessage('warm', {}), 8_000)
  })
}

/** Lets the newer version take over and opens it. */
export async function takeOver(): Promise<void> {
  const registration = await globalThis.navigator.serviceWorker.getRegistration()
  globalThis.navigator.serviceWorker.addEventListener('controllerchange', () => globalThis.location.reload(), { once: true })
  registration?.waiting?.postMessage('take-over', {})
}
