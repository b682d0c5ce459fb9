import type { Platform, Registration } from '../../platform/platform.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Context } from './context.ts'
import { identityKey } from './key.ts'
import { ensureSecurityAdministrator } from './first-security.ts'
import { createLocalSession } from './local-session.ts'
import type { IdentityPorts, OpenWork } from './ports.ts'
import { createProvider } from './provider/provider.ts'
import { providerSettings } from './provider/settings.ts'
import { identityRoutes } from './routes.ts'
import { policyOf } from './rules.ts'
import { DEMO_PASSWORD, ensureAdministrator, publishRoles, seedOrganisation, type AreaFacts } from './seed.ts'
import { Sessions, type LiveSession } from './sessions.ts'
import { deleteEnded } from './sign-in/store.ts'
import { deleteEndedSessions, deleteSessionsWithoutPost, isSessionLive, listUnits, type UnitRow } from './store.ts'

/** The door of `identity`: who works here, at which post, in which session. */
export interface Identity {
  readonly registration: Registration
  findSession(token: string): Promise<LiveSession | undefined>
  isSessionLive(sessionId: string): Promise<boolean>
  /** A unit by its code, also one that has ended, since what it did keeps its name. */
  findUnit(code: string): UnitRow | undefined
  /** Reads the units into memory again. */
  refresh(): Promise<void>
  seed(tx: Tx, findArea: (code: string) => AreaFacts | undefined): Promise<void>
  /** At every start: brings the roles to what the city's data says, and makes the administrators that the settings name. */
  ensureAdministrator(tx: Tx): Promise<void>
}

export function createIdentity(platform: Platform, ports: IdentityPorts): Identity {
  const { db, runtime, config } = platform
  const policy = policyOf(platform.city.city)
  const sessions = new Sessions(platform, policy)
  const units = new Map<string, UnitRow>()
  const settings = providerSettings(config)
  const now = () => new Date(runtime.now())
  const refresh = async () => {
    const rows = await listUnits(db)
    units.clear()
    for (const unit of rows) units.set(unit.code, unit)
  }
  const context: Context = {
    platform,
    sessions,
    policy,
    ports,
    key: identityKey(config, runtime),
    provider: settings && createProvider(settings, platform.log),
    refreshUnits: refresh,
  }
  const endHoldings = async () => {
    const ended = await deleteSessionsWithoutPost(db, now())
    if (ended.length > 0) sessions.end(ended)
    return ended.length
  }
  const endSessions = async () => {
    await deleteEndedSessions(db, now())
    await deleteEnded(db, now())
  }
  return {
    registration: {
      name: 'identity',
      routes: identityRoutes(context),
      pumps: [{ name: 'identity.endHoldings', everyMs: 2_000, work: endHoldings }],
      jobs: [{ name: 'identity.endSessions', cron: '17 * * * *', run: endSessions }],
    },
    findSession: (token) => sessions.find(token),
    isSessionLive: (id) => isSessionLive(db, id, now()),
    findUnit: (code) => units.get(code),
    refresh,
    seed: (tx, findArea) => seedOrganisation(platform, tx, findArea),
    ensureAdministrator: async (tx) => {
      await publishRoles(platform, tx)
      await ensureAdministrator(platform, tx)
      await ensureSecurityAdministrator(platform, tx)
    },
  }
}
export { createLocalSession, DEMO_PASSWORD }
export type { IdentityPorts, LiveSession, OpenWork, UnitRow }
