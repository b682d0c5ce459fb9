import { firstLine } from './run-record.ts'

/** What a look at a system found; `down` with what was seen. */
export interface Look {
  readonly state: 'up' | 'degraded' | 'down' | 'off' | 'unknown'
  readonly detail?: string
}
/** A system that the program stands on or talks to (所依赖系统), with how to look whether it is there. */
export interface System {
  readonly key: string
  readonly kind: 'part' | 'outside'
  readonly zh: string
  readonly en: string
  /** Host, file or version; never a secret. */
  readonly address: string | null
  readonly dependsOn: readonly string[]
  check(): Promise<Look>
}
/** A system of somebody else's that a module works with, such as an identity provider. */
export type OutsideSystem = Omit<System, 'kind' | 'dependsOn'>

export interface SystemView {
  readonly key: string
  readonly kind: 'part' | 'outside'
  readonly zh: string
  readonly en: string
  readonly state: Look['state']
  readonly address: string | null
  readonly detail: string | null
  readonly checkedAt: string | null
  readonly dependsOn: string[]
}

const PATIENCE_MS = 3_000

/** Looks at every system at once; one that does not answer within three seconds is down. `now` gives Unix milliseconds. */
export async function lookAtSystems(systems: readonly System[], now: () => number): Promise<SystemView[]> {
  return Promise.all(
    systems.map(async ({ check, dependsOn, key, kind, zh, en, address }) => {
      const { state, detail } = await patient(check)
      return { key, kind, zh, en, address, state, detail: detail ?? null, checkedAt: new Date(now()).toISOString(), dependsOn: [...dependsOn] }
    }),
  )
}

async function patient(check: () => Promise<Look>): Promise<Look> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<Look>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'down', detail: `no answer within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS)
  })
  try {
    return await Promise.race([check().catch((error: unknown): Look => ({ state: 'down', detail: firstLine(error) })), tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/** Host and port of a database's URL, or its socket folder, without user, password or database; null where it names neither. */
export function hostOf(url: string | undefined): string | null {
  if (url === undefined) return null
  const folder = /[?&]host=([^&]+)/.exec(url)?.[1]
  return URL.parse(url)?.host || (folder === undefined ? null : decodeURIComponent(folder))
}
