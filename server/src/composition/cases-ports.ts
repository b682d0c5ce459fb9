import type { Catalog } from '../modules/catalog/index.ts'
import { holidayNames } from '../modules/catalog/index.ts'
import { countOpenCases, openCasesBelow, stageLeft, stageLimit, stageResumed, type Cases, type CasesPorts, type CountedBy } from '../modules/cases/index.ts'
import type { Dispatch } from '../modules/dispatch/index.ts'
import type { Identity } from '../modules/identity/index.ts'
import type { Intake } from '../modules/intake/index.ts'
import type { GroundFollower, Places } from '../modules/places/index.ts'
import { takeBlobs } from '../platform/blobs/blobs.ts'
import type { Platform } from '../platform/platform.ts'

/** What the engine is given by the ground, the catalogue, the dispatch rules and, once it is there, intake. */
export function casesPorts(
  platform: Platform,
  modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch },
  late: { intake?: Intake },
): CasesPorts {
  const { identity, places, catalog, dispatch } = modules
  const calendarOf = (by: CountedBy) => catalog.calendarOf(by.matterKey, by.edition, by.conditionRow)
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

/** Open cases follow the ground by their position; the line on each ledger is written after the commit, and again until it is there. */
export function caseFollower(places: Places, cases: Cases): GroundFollower {
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
