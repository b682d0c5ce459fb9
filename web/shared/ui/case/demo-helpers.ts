import type { AnswerOf } from '@linli/contract/endpoint'
import type { identity } from '@linli/contract/endpoints/identity'
import type { Party } from '@linli/contract/workflow'
import { workflows } from '@linli/contract/workflows/all'
import type { CaseDetail, CaseRow } from './types.ts'

export type DemoPerson = AnswerOf<typeof identity.listDemoPeople>['rows'][number]

/** The step that a demo person plays for each party that can carry a case on. */
const PLAYED: Readonly<Partial<Record<Party, string>>> = {
  acceptor: 'file',
  verifier: 'check',
  dispatcher: 'dispatch',
  lead: 'handle',
  checker: 'check',
  evaluator: 'evaluate',
}
const MOST = 3

/** Demo people who may be able to carry this case on: of a unit that it waits for, or of its place; at most three (演示人员). */
export function whoCould(
  row: Pick<CaseRow, 'state' | 'ownerName' | 'areaNames'> & Pick<CaseDetail, 'next'>,
  people: readonly DemoPerson[],
  cityName: string,
  self: string | undefined,
): DemoPerson[] {
  const parties = Object.values(workflows).flatMap((workflow) =>
    workflow.moves.filter((move) => move.kind === 'forward' && move.aside !== true && move.from.includes(row.state)).map((move) => move.party),
  )
  const units = new Set(row.next.flatMap(({ unitName }) => unitName ?? []))
  const steps = new Set([...parties.flatMap((party) => PLAYED[party] ?? []), ...(units.size > 0 ? ['handle'] : [])])
  const near = (person: DemoPerson) =>
    person.step === 'handle'
      ? person.unitName === row.ownerName || units.has(person.unitName)
      : person.areaName === cityName || row.areaNames.includes(person.areaName)
  return people.filter((person) => steps.has(person.step) && person.personName !== self && near(person)).slice(0, MOST)
}
