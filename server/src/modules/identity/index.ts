import type { Platform, Registration } from '../../platform/platform.ts'
import type { Tx } from '../../platform/db/database.ts'
import { createLocalSession } from './local-session.ts'
import { identityRoutes } from './routes.ts'
import { DEMO_PASSWORD, ensureAdministrator, seedOrganisation, type AreaFacts } from './seed.ts'
import { Sessions, type LiveSession } from './sessions.ts'
import { deleteEndedSessions, isSessionLive, listUnits, type UnitRow } from './store.ts'

/** The door of `identity`: who works here, at which post, in which session. */
export interface Identity {
  readonly registration: Registration
  findSession(token: string): Promise<LiveSession | undefined>
  isSessionLive(sessionId: string): Promise<boolean>
  findUnit(code: string): UnitRow | undefined
  /** Reads the units into memory again. */
  refresh(): Promise<void>
  seed(tx: Tx, findArea: (code: string) => AreaFacts | undefined): Promise<void>
  ensureAdministrator(tx: Tx): Promise<void>
}

export function createIdentity(platform: Platform): Identity {
  const sessions = new Sessions(platform)
  const units = new Map<string, UnitRow>()
  return {
    registration: {
      name: 'identity',
      routes: identityRoutes(platform, sessions),
      jobs: [
        { name: 'identity.endSessions', cron: '17 * * * *', run: async () => void (await deleteEndedSessions(platform.db, new Date(platform.runtime.now()))) },
      ],
    },
    findSession: (token) => sessions.find(token),
    isSessionLive: (id) => isSessionLive(platform.db, id, new Date(platform.runtime.now())),
    findUnit: (code) => units.get(code),
    refresh: async () => {
      units.clear()
      for (const unit of await listUnits(platform.db)) units.set(unit.code, unit)
    },
    seed: (tx, findArea) => seedOrganisation(platform, tx, findArea),
    ensureAdministrator: (tx) => ensureAdministrator(platform, tx),
  }
}
export { createLocalSession, DEMO_PASSWORD }
export type { LiveSession, UnitRow }
