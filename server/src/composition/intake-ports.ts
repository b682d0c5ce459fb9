import { dayOf } from '@linli/lib/time/day-of'
import { Refusal } from '@linli/contract/errors'
import type { Catalog } from '../modules/catalog/index.ts'
import { listPublicCases, trackCase, type Cases } from '../modules/cases/index.ts'
import type { Dispatch } from '../modules/dispatch/index.ts'
import type { Identity } from '../modules/identity/index.ts'
import type { IntakePorts } from '../modules/intake/index.ts'
import type { Places } from '../modules/places/index.ts'
import { photoPositions, takeBlobs } from '../platform/blobs/blobs.ts'
import type { Platform } from '../platform/platform.ts'
import { REPORTER, SYSTEM } from '../platform/rights/actor.ts'

/** What the channels are given: where a position lies, what the catalogue knows, and the engine that opens and moves cases. */
export function intakePorts(
  platform: Platform,
  modules: { identity: Identity; places: Places; catalog: Catalog; dispatch: Dispatch; cases: Cases },
): IntakePorts {
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
      const found = await cases.similar({ ...like, at: new Date(platform.runtime.now()), except: null })
      return found.map(({ row, metres }) => ({
        number: row.number,
        matterName: row.matter_name,
        step: row.step,
        openedOn: dayOf(platform.city.city.timeZone, row.opened_at.getTime()),
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
