import { join } from 'node:path'
import { workflows } from '@linli/contract/workflows/all'
import { dueAt } from '@linli/lib/time/clocks'
import { caseFollower, casesPorts } from './composition/cases-ports.ts'
import { deskPorts } from './composition/desk-ports.ts'
import { fieldPorts } from './composition/field-ports.ts'
import { intakePorts } from './composition/intake-ports.ts'
import { countOpenWorkOfUnit, openWorkOfPost } from './composition/open-work.ts'
import { patrolPorts } from './composition/patrol-ports.ts'
import { seedCity } from './composition/seed-city.ts'
import { createCasePrivacy, createCases, endedAmong, endedCases, findHeldCase, openCasesByEdition, readTimers } from './modules/cases/index.ts'
import { createCatalog } from './modules/catalog/index.ts'
import { createDesk } from './modules/desk/index.ts'
import { createDispatch } from './modules/dispatch/index.ts'
import { createField } from './modules/field/index.ts'
import { createIdentity, type Identity } from './modules/identity/index.ts'
import { createInsight } from './modules/insight/index.ts'
import { createIntake, listReportsOfCases, writeReporter, type Intake } from './modules/intake/index.ts'
import { createPatrol } from './modules/patrol/index.ts'
import { createPlaces, type GroundFollower } from './modules/places/index.ts'
import { createResident } from './modules/resident/index.ts'
import type { MigrationSource } from './platform/db/migrate.ts'
import { platformRoutes } from './platform/http/platform-routes.ts'
import { operationsRoutes } from './platform/operations/routes.ts'
import { readTiers } from './platform/operations/tiers.ts'
import type { Platform, Registration } from './platform/platform.ts'
import { createPrivacy } from './platform/privacy/privacy.ts'

export interface App {
  readonly identity: Identity
  readonly registrations: readonly Registration[]
  /** Fills an empty database from the city's data, once, and reads what lives in memory. */
  open(): Promise<{ seeded: boolean }>
}

const MODULES = ['identity', 'places', 'catalog', 'cases', 'intake', 'patrol', 'dispatch', 'field', 'insight', 'desk'] as const
/** Modules with tables, in the order in which their migrations run. */
const STORED = MODULES.filter((name) => name !== 'insight')

/** Where each module keeps its SQL. */
export function migrationSources(sourceFolder: string): MigrationSource[] {
  return [
    { module: 'platform', folder: join(sourceFolder, 'platform/migrations') },
    ...STORED.map((name) => ({ module: name, folder: join(sourceFolder, 'modules', name, 'migrations') })),
  ]
}

/** The composition root: makes every module and connects their ports. It and `composition/` are the one place that knows them all. */
export function createApp(platform: Platform, version: string): App {
  const { city } = platform.city
  const identity = createIdentity(platform, { openWorkOfPost, countOpenWorkOfUnit })
  // Cases, duties and people follow the ground and the catalogue, which know nothing of them: tied here by functions that are called late.
  const followers: GroundFollower[] = []
  const places = createPlaces(platform, { followers })
  const catalog = createCatalog(platform, {
    openCases: openCasesByEdition,
    migrateOpenCases: (actor, move) => cases.migrate(actor, move),
    recountProvisional: () => cases.recountProvisional(),
  })
  const unitName = (code: string) => identity.findUnit(code)?.name
  const areaPathOf = (code: string) => places.findArea(code)?.path
  const dispatch = createDispatch(platform, {
    areaPathOf,
    areaName: (code) => places.findArea(code)?.name ?? code,
    unitName: (code) => unitName(code) ?? code,
    matterName: (key) => catalog.findMatter(key)?.name,
  })
  // Intake opens cases and cases show what intake heard: the one knot, tied here by a function that is called late.
  const late: { intake?: Intake } = {}
  const cases = createCases(platform, casesPorts(platform, { identity, places, catalog, dispatch }, late))
  const intake = createIntake(platform, intakePorts(platform, { identity, places, catalog, dispatch, cases }))
  late.intake = intake
  const patrol = createPatrol(platform, patrolPorts({ places, catalog, intake }))
  followers.push(caseFollower(places, cases), ...patrol.followers)
  const field = createField(platform, fieldPorts({ identity, places, catalog, cases, patrol }))
  const insight = createInsight(platform, {
    areaPathOf,
    childrenOf: (code) => places.childrenOf(code),
    unitName,
    findArea: (code) => places.findArea(code),
    areaName: (code) => places.findArea(code)?.name ?? code,
    duties: async (actor, asked) => (await patrol.coverage(actor, asked)).rows,
  })
  const desk = createDesk(platform, deskPorts({ cases, catalog }))
  const resident = createResident(platform, { intake, cases, places, catalog, unitName })
  const routes = platformRoutes(platform, {
    isSessionLive: (id) => identity.isSessionLive(id),
    deadlines: () => cases.deadlines(),
    version,
    cityView: () => ({
      code: city.code,
      name: city.name,
      nameEn: city.nameEn,
      demo: city.demo,
      timeZone: city.timeZone,
      brand: { ...city.brand },
      bbox: places.bbox(),
      map: platform.config.LINLI_MAP_STYLE === undefined ? null : { style: platform.config.LINLI_MAP_STYLE, crs: platform.config.LINLI_MAP_CRS },
      words: { ...city.words },
      workflows: Object.values(workflows).map((workflow) => ({ ...workflow })),
      edition: catalog.edition,
      version,
      loop: loopView(city.loop),
      trackRules: city.trackRules.map(({ id, then, reason }) => ({ id, then, ...reason })),
      counts: places.counts(),
    }),
  })
  const operating = operationsRoutes(platform, {
    version,
    migrations: migrationSources(import.meta.dirname),
    edition: () => catalog.edition,
    registrations: () => registrations,
    tierOf: readTiers(join(import.meta.dirname, '../../architecture.json')),
    timers: () => readTimers(platform.db, new Date(platform.runtime.now())),
    orphans: async () => (await cases.orphans()).count,
  })
  const casePrivacy = createCasePrivacy(platform, {
    areaPathOf,
    findUnitName: unitName,
    reportsOf: listReportsOfCases,
    writeReporter,
    reviewDueAt: (at) => new Date(dueAt('workDay', 1, at, catalog.calendar()).dueAt),
  })
  const privacy = createPrivacy(platform, { endedCases, endedAmong, findCase: findHeldCase }, () => registrations)
  const registrations: readonly Registration[] = [
    { name: 'platform', routes: [...routes, ...operating] },
    identity.registration,
    places.registration,
    catalog.registration,
    cases.registration,
    casePrivacy,
    intake.registration,
    patrol.registration,
    field.registration,
    dispatch.registration,
    insight.registration,
    resident.registration,
    desk.registration,
    privacy,
  ]
  return {
    identity,
    registrations,
    open: async () => {
      const seeded = await seedCity(platform, { identity, places, catalog, dispatch, patrol })
      await Promise.all([identity.refresh(), catalog.refresh(), dispatch.refresh(), places.refresh(), patrol.refresh()])
      return { seeded }
    },
  }
}

/** The numbers that a screen needs to say what is allowed before somebody tries. */
const loopView = ({ ladder: _ladder, similar: _similar, ...numbers }: Platform['city']['city']['loop']) => numbers
