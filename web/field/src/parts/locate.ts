import type { Spot } from '../report/draft.ts'

const PATIENCE_MS = 20_000

/** Where the telephone is (WGS84, as browsers say it); undefined where it cannot or may not know. */
export function locate(): Promise<Spot | undefined> {
  const { geolocation } = globalThis.navigator
  if (!geolocation) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracyM: Math.min(100_000, coords.accuracy) }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 15_000 },
    )
  })
}
