import { join } from 'node:path'
import { createCases, stageLimit, trackCase, type Cases, type CasesPorts } from './modules/cases/index.ts'
import { createCatalog, type Catalog } from './modules/catalog/index.ts'
import { createDispatch, type Dispatch } from './modules/dispatch/index.ts'
import { createIdentity, type Identity } from './modules/identity/index.ts'
import { createInsight } from './modules/insight/index.ts'
import { createIntake, type Intake, type IntakePorts } from './modules/intake/index.ts'
import { createPlaces, type Places } from './modules/places/index.ts'
import { workflows } from '@linli/contract/workflows/all'
import { takeBlobs } from './platform/blobs/blobs.ts'
import { one, sql } from './platform/db/database.ts'
import type { MigrationSource } from './platform/db/migrate.ts'
import { platformRoutes } from './platform/http/platform-routes.ts'
import { StartError } from './platform/config.ts'
import type { Platform, Registration } from './platform/platform.ts'
import { SYSTEM } from './platform/rights/actor.ts'

export interface App {
  readonly identity: Identity
  readonly registrations: readonly Registration[]
  /** Fills an empty database from the city's data, once, and reads what lives in memory. */
  open(): Promise<{ seeded: boolean }>
}

const MODULES = ['identity', 'places', 'catalog', 'cases', 'intake', 'dispatch', 'insight'] as const
/** Modules with tables, in the order in which their migrations run. */
const STORED = MODULES.filter((name) => name !== 'insight')

/** Where each module keeps its SQL. */
export function migrationSources(sourceFolder: string): MigrationSource[] {
  return [
    { module: 'platform', folder: join(sourceFolder, 'platform/migrations') },
    ...STORED.map((name) => ({ module: name, folder: join(sourceFolder, 'modules', name, 'migrations') })),
  ]
}

/** The composition root: makes every module and connects their ports. The one place that knows them all. */
export function createApp(platform: Platform, version: string): App {
  const { city } = platform.city
  const identity = createIdentity(platform)
  const places = createPlaces(platform)
  const catalog = createCatalog(platform)
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
  const intake = createIntake(platform, intakePorts(platform, { places, catalog, dispatch, cases }))
  late.intake = intake
  const insight = createInsight(platform, { areaPathOf, childrenOf: (code) => places.childrenOf(code), unitName })
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
      words: { ...city.words },
      workflows: Object.values(workflows).map((workflow) => ({ ...workflow })),
      edition: catalog.edition,
      version,
      counts: places.counts(),
    }),
  })
  return {
    identity,
    registrations: [
      { name: 'platform', routes },
      identity.registration,
      places.registration,
      catalog.registration,
      cases.registration,
      intake.registration,
      dispatch.registration,
      insight.registration,
    ],
    open: async () => {
      const seeded = await seedOnce(platform, { identity, places, catalog, dispatch })
      await Promise.all([identity.refresh(), catalog.refresh(), dispatch.refresh(), places.refresh()])
      return { seeded }
    },
  }
}

async function seedOnce(platform: Platform, modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch }): Promise<boolean> {
  return platform.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(7262004)`.execute(tx)
    const { city } = platform.city
    const there = await one<{ value: string }>(tx, sql`select value #>> '{}' as value from platform.setting where name = 'city'`)
    if (there && there.value !== city.code)
      throw new StartError(
        'CITY_CHANGED',
        `This data belongs to the city "${there.value}", not "${city.code}"; set LINLI_CITY=${there.value} or use another LINLI_DATA`,
      )
    if (!there) {
      await sql`insert into platform.setting (name, value) values ('city', to_jsonb(${city.code}::text))`.execute(tx)
      await modules.places.seed(tx)
      const areas = await areaFacts(tx)
      await modules.identity.seed(tx, (code) => areas.get(code))
      await modules.catalog.seed(tx)
      await modules.dispatch.seed(tx)
    }
    await modules.identity.ensureAdministrator(tx)
    return !there
  })
}

async function areaFacts(tx: Parameters<Parameters<Platform['transaction']>[0]>[0]): Promise<Map<string, { name: string; path: string }>> {
  const { rows } = await sql<{ code: string; name: string; path: string }>`select code, name, path from places_pub.area where level <> 'grid'`.execute(tx)
  return new Map(rows.map((row) => [row.code, row]))
}

function casesPorts(
  platform: Platform,
  modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch },
  late: { intake?: Intake },
): CasesPorts {
  const { identity, places, catalog, dispatch } = modules
  return {
    findCondition: (key, rowNo, edition) => {
      const found = catalog.findCondition(key, rowNo, edition)
      return (
        found && {
          edition: found.edition,
          matterKey: key,
          matterName: found.matter.name,
          rowNo,
          filing: found.condition.filing,
          closing: found.condition.closing,
          limitText: found.condition.limitText,
          limit: found.condition.limit,
        }
      )
    },
    hasMatter: (key) => catalog.findMatter(key) !== undefined,
    deadlineOf: (stage, startedAt, limit) => stageLimit(platform.city.city.stages, catalog.calendar(), stage, startedAt, limit),
    findUnitName: (code) => identity.findUnit(code)?.name,
    areaNames: (path) => places.namesOf(path),
    areaPathOf: (code) => places.findArea(code)?.path,
    advise: (key, areaPath) => dispatch.advise(key, areaPath),
    said: async (db, caseId) => {
      const report = await late.intake?.said(db, caseId)
      return (
        report && {
          text: report.said,
          address: report.address,
          saidAt: report.saidAt,
          flags: report.flags,
          photos: report.photos,
          reporter: report.reporterName === null && report.reporterContact === null ? null : { name: report.reporterName, contact: report.reporterContact },
          filing: { outcome: report.outcome, code: report.reasonCode, zh: report.reasonZh, en: report.reasonEn },
        }
      )
    },
    takeEvidence: (tx, ids, owner, caseId) => takeBlobs(tx, ids, owner, caseId, '/body/evidence'),
  }
}

function intakePorts(platform: Platform, modules: { places: Places; catalog: Catalog; dispatch: Dispatch; cases: Cases }): IntakePorts {
  const { places, catalog, dispatch, cases } = modules
  return {
    place: (position, pointer) => {
      const { lon, lat, located } = places.place(position, pointer)
      return { lon, lat, districtId: located.districtId, areaPath: located.deepest.path, gridCode: located.basic?.code ?? null }
    },
    findComponent: (code) => places.findComponent(code),
    findMatter: (key) => {
      const matter = catalog.findMatter(key)
      return matter && { key, name: matter.name, edition: catalog.edition, rows: matter.conditions.map((row) => row.rowNo), form: matter.form }
    },
    hasOwner: (key, areaPath) => dispatch.advise(key, areaPath) !== undefined,
    prepareCase: (districtId, at) => cases.prepare(districtId, at),
    openCase: (tx, facts) => cases.open(tx, facts),
    takePhotos: (tx, ids, owner, caseId) => takeBlobs(tx, ids, owner, caseId, '/body/photos'),
    reviewCase: async (tx, caseId, note, requestId) => {
      const moved = await cases.move(tx, {
        id: caseId,
        move: 'review',
        actor: SYSTEM,
        requestId,
        ifMatch: undefined,
        input: { reasonCode: 'reporter-asks', note },
      })
      return { number: moved.number, state: moved.state }
    },
    trackCase: (caseId) => trackCase(platform.db, caseId),
  }
}
