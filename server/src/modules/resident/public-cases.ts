import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { resident as contract } from '@linli/contract/endpoints/resident'
import { Refusal } from '@linli/contract/errors'
import { workflowVersions } from '@linli/contract/workflows/all'
import { maskText } from '@linli/lib/text/masks'
import { dayOf } from '@linli/lib/time/day-of'
import { cursorOf, readCursor } from '../../platform/http/cursor.ts'
import type { Platform } from '../../platform/platform.ts'
import { listPublicCases } from '../cases/index.ts'
import { PUBLIC_DOMAINS } from '../intake/index.ts'
import type { ResidentParts } from './parts.ts'
import { withoutSalutations } from './salutations.ts'

export type PublicCasesAnswer = AnswerOf<typeof contract.listPublicCases>
export type PublicCase = PublicCasesAnswer['rows'][number]
/** Levels of the area tree that are told to everybody; a grid's name would say more. */
const LEVELS = 3

/** Filed cases of public matters as anybody may read them (公开办理情况, R26). NOT_FOUND for an area that is not there. */
export async function publicCasesOf(
  platform: Platform,
  { places, unitName }: Pick<ResidentParts, 'places' | 'unitName'>,
  asked: Omit<QueryOf<typeof contract.listPublicCases>, 'limit'> & { readonly limit: number },
): Promise<PublicCasesAnswer> {
  const { city } = platform.city
  const area = asked.area === undefined ? undefined : places.findArea(asked.area)
  if (asked.area !== undefined && !area) throw new Refusal('NOT_FOUND')
  const found = await listPublicCases(platform.db, {
    domains: city.open311?.domains ?? PUBLIC_DOMAINS,
    filed: true,
    ...(asked.number === undefined ? {} : { numbers: [asked.number] }),
    ...(asked.closed === undefined ? {} : { closed: asked.closed === 'true' }),
    ...(area === undefined ? {} : { areaPath: area.path }),
    ...(asked.cursor === undefined ? {} : { after: readCursor(asked.cursor) }),
    limit: asked.limit + 1,
  })
  const day = (at: Date) => dayOf(city.timeZone, at.getTime())
  const last = found[asked.limit - 1]
  return {
    rows: found.slice(0, asked.limit).map((row) => ({
      number: row.number,
      state: row.state,
      step: stepOf(row.state),
      closed: row.closed,
      matterKey: row.matterKey,
      matterName: row.matterName,
      areaNames: places.namesOf(row.areaPath).slice(0, LEVELS),
      position: gridPoint(places, row.gridCode),
      unitName: row.owner === null ? null : (unitName(row.owner) ?? null),
      openedOn: day(row.openedAt),
      changedOn: day(row.stateAt),
      dueOn: row.closed || row.dueAt === null ? null : day(row.dueAt),
      // What is told on the way is meant for the reporter; a case that is closed has its answer.
      publicReply: row.closed && row.publicReply !== null ? withoutSalutations(maskText(row.publicReply)) : null,
    })),
    next: found.length > asked.limit && last ? cursorOf(last.openedAt, last.id) : null,
  }
}

/** The inner point of the unit grid: all cases of a grid lie on it, and none where it was reported. */
function gridPoint(places: ResidentParts['places'], gridCode: string | null): PublicCase['position'] {
  const grid = gridCode === null ? undefined : places.findArea(gridCode)
  const degrees = (value: number) => Math.round(value * 1e5) / 1e5
  return grid ? { lon: degrees(grid.lon), lat: degrees(grid.lat) } : null
}

const STEPS = new Map(workflowVersions.flatMap((workflow) => Object.entries(workflow.states).map(([name, state]) => [name, state.step] as const)))
const stepOf = (state: string): string => STEPS.get(state) ?? state
