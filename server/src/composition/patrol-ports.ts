import type { Catalog } from '../modules/catalog/index.ts'
import type { Intake } from '../modules/intake/index.ts'
import type { PatrolPorts } from '../modules/patrol/index.ts'
import type { Places } from '../modules/places/index.ts'

/** What the duties of grid workers are given: grids, calendars, and intake for what they find. */
export function patrolPorts({ places, catalog, intake }: { places: Places; catalog: Catalog; intake: Intake }): PatrolPorts {
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
