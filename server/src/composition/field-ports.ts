import { Refusal } from '@linli/contract/errors'
import type { Cases } from '../modules/cases/index.ts'
import type { Catalog } from '../modules/catalog/index.ts'
import type { FieldPorts } from '../modules/field/index.ts'
import type { Identity } from '../modules/identity/index.ts'
import type { Patrol } from '../modules/patrol/index.ts'
import type { Places } from '../modules/places/index.ts'

/** What the telephones of grid workers are given: ground, rounds, tasks and matters. */
export function fieldPorts(modules: { identity: Identity; places: Places; catalog: Catalog; cases: Cases; patrol: Patrol }): FieldPorts {
  const { identity, places, catalog, cases, patrol } = modules
  return {
    ...patrol.field,
    ownGrids: async (actor) => (await patrol.field.ownGrids(actor)).map(({ code, name, part }) => ({ code, name, part })),
    dutyActs: (personId, from, to) => patrol.field.acts(personId, from, to),
    refusedActs: (personId, from, to) => patrol.field.refused(personId, from, to),
    findArea: (code) => places.findArea(code),
    groundOf: (code) => {
      const area = places.findArea(code)
      const geometry = places.boundaryOf(code)
      return area && geometry && { center: { lon: area.lon, lat: area.lat }, geometry }
    },
    districtIdOf: (path) => places.districtIdOf(path),
    basicGridsBelow: (path) => places.areasBelow(path).filter((area) => area.gridKind === 'basic'),
    locate: (position) => {
      try {
        const { lon, lat, located } = places.place(position, '')
        return { lon, lat, gridCode: located.basic?.code ?? null }
      } catch (error) {
        if (error instanceof Refusal) return undefined
        throw error
      }
    },
    items: () => {
      const current = patrol.field.items()
      return current && { edition: current.edition, classes: [...current.classes], rows: [...current.items] }
    },
    matters: () => ({
      edition: catalog.edition,
      rows: catalog.matters().map((matter) => ({
        key: matter.key,
        code: matter.code,
        name: matter.name,
        className: matter.className,
        aliases: [...matter.aliases],
        typeCode: matter.domain === 'component' ? `${matter.classCode}${matter.code}` : null,
        rows: matter.conditions.map(({ rowNo, filing, limitText }) => ({ rowNo, filing, limitText })),
      })),
    }),
    tasks: (actor, limit) => cases.tasks(actor, limit),
    ownMoves: (personId, from, to) => cases.ownMoves(personId, from, to),
    unitName: (code) => identity.findUnit(code)?.name ?? code,
  }
}
