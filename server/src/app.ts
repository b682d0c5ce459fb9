import { join } from 'node:path'
import { Refusal } from '@linli/contract/errors'
import { dueAt } from '@linli/lib/time/clocks'
import {
  countOpenCases,
  createCasePrivacy,
  createCases,
  endedAmong,
  endedCases,
  findHeldCase,
  listPublicCases,
  openCasesBelow,
  openCasesByEdition,
  readTimers,
  stageLeft,
  stageLimit,
  stageResumed,
  trackCase,
  type Cases,
  type CasesPorts,
  type CountedBy,
} from './modules/cases/index.ts'
import { createCatalog, holidayNames, type Catalog } from './modules/catalog/index.ts'
import { createDispatch, type Dispatch } from './modules/dispatch/index.ts'
import { createIdentity, type Identity } from './modules/identity/index.ts'
import { createInsight } from './modules/insight/index.ts'
import { createIntake, type Intake, type IntakePorts, listReportsOfCases, writeReporter } from './modules/intake/index.ts'
import { createPatrol, type Patrol, type PatrolPorts } from './modules/patrol/index.ts'
import { createPlaces, type GroundFollower, type Places } from './modules/places/index.ts'
import { workflows } from '@linli/contract/workflows/all'
import { photoPositions, takeBlobs } from './platform/blobs/blobs.ts'
import { one, sql } from './platform/db/database.ts'
import { countOpenWorkOfUnit, openWorkOfPost } from './open-work.ts'
import type { MigrationSource } from './platform/db/migrate.ts'
import { platformRoutes } from './platform/http/platform-routes.ts'
import { StartError } from './platform/config.ts'
import { operationsRoutes } from './platform/operations/routes.ts'
import { readTiers } from './platform/operations/tiers.ts'
import type { Platform, Registration } from './platform/platform.ts'
import { createPrivacy } from './platform/privacy/privacy.ts'
import { REPORTER, SYSTEM } from './platform/rights/actor.ts'

export interface App {
  readonly identity: Identity
  readonly registrations: readonly Registration[]
  /** Fills an empty database from the city's data, once, and reads what lives in memory. */
  open(): Promise<{ seeded: boolean }>
}

const MODULES = ['identity', 'places', 'catalog', 'cases', 'intake', 'patrol', 'dispatch', 'insight'] as const
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
  const insight = createInsight(platform, {
    areaPathOf,
    childrenOf: (code) => places.childrenOf(code),
    unitName,
    findArea: (code) => places.findArea(code),
    areaName: (code) => places.findArea(code)?.name ?? code,
    duties: async (actor, asked) => (await patrol.coverage(actor, asked)).rows,
  })
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
  const operating = operationsRoutes(platform, {
    version,
    migrations: migrationSources(import.meta.dirname),
    edition: () => catalog.edition,
    registrations: () => registrations,
    tierOf: readTiers(join(import.meta.dirname, '../../architecture.json')),
    timers: () => readTimers(platform.db, new Date(platform.runtime.now())),
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
    dispatch.registration,
    insight.registration,
    privacy,
  ]
  return {
    identity,
    registrations,
    open: async () => {
      const seeded = await seedOnce(platform, { identity, places, catalog, dispatch, patrol })
      await Promise.all([identity.refresh(), catalog.refresh(), dispatch.refresh(), places.refresh(), patrol.refresh()])
      return { seeded }
    },
  }
}

/** Whether a WGS84 position lies in the city. */
function liesInside(places: Places, lon: number, lat: number): boolean {
  try {
    places.place({ lon, lat, crs: 'wgs84' }, '')
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function seedOnce(
  platform: Platform,
  modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch; patrol: Patrol },
): Promise<boolean> {
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
      await modules.patrol.seed(tx, await seededMatters(tx))
    }
    await modules.identity.ensureAdministrator(tx)
    return !there
  })
}

/** The matters of the first edition, which is not in memory while the city is being filled. */
async function seededMatters(tx: Parameters<Parameters<Platform['transaction']>[0]>[0]): Promise<(key: string) => boolean> {
  const { rows } = await sql<{ key: string }>`select key from catalog_pub.matter_key where edition = 1`.execute(tx)
  const keys = new Set(rows.map((row) => row.key))
  return (key) => keys.has(key)
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
  const calendarOf = (by: CountedBy) => catalog.calendarOf(by.matterKey, by.edition)
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
    deadlineOf: (stage, startedAt, limit, by) => stageLimit(platform.city.city.stages, calendarOf(by), stage, startedAt, limit),
    calendarOf,
    holidayNames: () => holidayNames,
    leftOf: (deadline, at, by) => stageLeft(calendarOf(by), deadline, at),
    resumeOf: (deadline, at, by) => stageResumed(calendarOf(by), deadline, at),
    findUnitName: (code) => identity.findUnit(code)?.name,
    unitActs: (code) => identity.findUnit(code)?.endedAt === null,
    superiorOf: (code) => identity.findUnit(code)?.parentCode ?? null,
    areaNames: (path) => places.namesOf(path),
    areaPathOf: (code) => places.findArea(code)?.path,
    place: (position, pointer) => {
      const { lon, lat, located } = places.place(position, pointer)
      return { areaPath: located.deepest.path, gridCode: located.basic?.code ?? null, lon, lat }
    },
    advise: (key, areaPath) => dispatch.advise(key, areaPath),
    ruleExists: (id) => dispatch.ruleExists(id),
    learnRuling: (tx, ruling) => dispatch.learnRuling(tx, ruling),
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

function intakePorts(platform: Platform, modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch; cases: Cases }): IntakePorts {
  const { identity, places, catalog, dispatch, cases } = modules
  return {
    place: (position, pointer) => {
      const { lon, lat, located } = places.place(position, pointer)
      return { lon, lat, districtId: located.districtId, areaPath: located.deepest.path, gridCode: located.basic?.code ?? null }
    },
    isInside: (lon, lat) => liesInside(places, lon, lat),
    photoPositions: (ids, owner) => photoPositions(platform.db, ids, owner),
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
    trackCase: (caseId) => trackCase(platform, caseId),
    answerCase: async (tx, caseId, move, { report, fixed, rating, note }, requestId) =>
      cases.move(tx, {
        id: caseId,
        move,
        actor: REPORTER,
        requestId,
        ifMatch: undefined,
        input: { report, fixed, rating, ...(note === undefined ? {} : { note }) },
      }),
    similarCases: async (like) => {
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: platform.city.city.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      const found = await cases.similar({ ...like, at: new Date(platform.runtime.now()), except: null })
      return found.map(({ row, metres }) => ({
        number: row.number,
        matterName: row.matter_name,
        step: row.step,
        openedOn: day.format(row.opened_at),
        metres: Math.round(metres / 10) * 10,
        reporters: 1 + row.joined,
      }))
    },
    open311: {
      listMatters: () =>
        catalog.matters().map((matter) => ({
          key: matter.key,
          name: matter.name,
          domain: matter.domain,
          className: matter.className,
          aliases: matter.aliases,
          description: matter.description,
          form: matter.form,
          filings: matter.conditions.map((row) => row.filing),
        })),
      edition: () => catalog.edition,
      findUnitName: (code) => identity.findUnit(code)?.name,
      areaNames: (path) => places.namesOf(path),
      findAreaPoint: (code) => places.findArea(code),
      listPublicCases: (filter) => listPublicCases(platform.db, filter),
    },
  }
}

/** Open cases follow the ground by their position; the line on each ledger is written after the commit, and again until it is there. */
function caseFollower(places: Places, cases: Cases): GroundFollower {
  const preview: GroundFollower['preview'] = async (db, change) =>
    (await openCasesBelow(db, change.scopePaths)).map((row) => {
      const now = change.place(row.lon, row.lat)
      return { from: row.gridCode ?? row.areaPath, to: now ? (now.gridCode ?? now.areaPath) : (row.gridCode ?? row.areaPath), count: 1 }
    })
  return {
    what: 'case',
    count: countOpenCases,
    preview,
    carry: preview,
    settle: async (scopePaths) =>
      void (await cases.relocate(scopePaths, ({ lon, lat }) => {
        const located = places.locate(lon, lat)
        return located && { areaPath: located.deepest.path, gridCode: located.basic?.code ?? null, lon, lat }
      })),
  }
}

function patrolPorts({ places, catalog, intake }: { places: Places; catalog: Catalog; intake: Intake }): PatrolPorts {
  const gridsBelow = (path: string) => places.areasBelow(path).filter((area) => area.level === 'grid')
  return {
    calendar: () => catalog.calendar(),
    findArea: (code) => places.findArea(code),
    childrenOf: (code) => places.childrenOf(code),
    gridsBelow: (path) => gridsBelow(path).filter((area) => area.gridKind === 'basic'),
    allGridsBelow: gridsBelow,
    districtIdOf: (path) => places.districtIdOf(path),
    place: (position, pointer) => places.place(position, pointer),
    gridAt: (lon, lat) => places.locate(lon, lat)?.basic?.code,
    hasMatter: (key) => catalog.findMatter(key) !== undefined,
    report: async ({ actor, key, requestId, text, matter, conditionRow, position, photos, madeAt }) => {
      const answer = await intake.receive({
        body: {
          channel: 'field',
          text,
          matter,
          saidAt: madeAt,
          photos: [...photos],
          ...(conditionRow === undefined ? {} : { conditionRow }),
          ...(position === undefined ? {} : { position: { ...position } }),
        },
        actor,
        client: actor.personId,
        key,
        requestId,
      })
      return { caseId: answer.case.id, number: answer.case.number }
    },
  }
}
