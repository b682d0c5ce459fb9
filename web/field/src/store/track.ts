import { field } from '@linli/contract/endpoints/field'
import { ApiProblem } from '@linli/web-shared/api'
import { client } from '../api.ts'
import type { TrackPoint } from '../outbox/types.ts'
import { keep, readKept } from './db.ts'
import { getState } from './state.ts'

const EVERY_MS = 2 * 60_000
const MOST = 400
const AT_ONCE = 200

/** Writes down where the worker is, every two minutes while on duty and the page is shown (当班定位); off duty nothing is asked. */
export function followWorker(): () => void {
  let asking = false
  const look = () => {
    if (asking || !getState().bundle?.shift || document.visibilityState !== 'visible') return
    asking = true
    globalThis.navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        asking = false
        void note({ at: Date.now() + getState().offsetMs, lon: coords.longitude, lat: coords.latitude, accuracyM: Math.min(100_000, coords.accuracy) })
      },
      () => {
        asking = false
      },
      { enableHighAccuracy: false, timeout: 30_000, maximumAge: 60_000 },
    )
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  return () => clearInterval(timer)
}

async function note(point: TrackPoint): Promise<void> {
  // Whoever went off duty while the telephone looked is off duty.
  if (getState().bundle?.shift) await keep('track', [...((await readKept('track')) ?? []), point].slice(-MOST))
}

/** Sends the points of the shift that runs; those of none are forgotten. */
export async function sendTrack(): Promise<void> {
  const points = (await readKept('track')) ?? []
  if (points.length === 0) return
  const shift = (await readKept('bundle'))?.shift
  const going = points.slice(0, AT_ONCE)
  try {
    if (shift)
      await client.call(field.takePositions, {
        params: { id: shift.id },
        body: { positions: going.map(({ at, ...point }) => ({ ...point, at: new Date(at).toISOString(), crs: 'wgs84' as const })) },
      })
  } catch (error) {
    if (error instanceof ApiProblem && error.code !== 'NOT_FOUND') throw error
  }
  await keep('track', ((await readKept('track')) ?? []).slice(going.length))
}
