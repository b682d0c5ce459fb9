import type { RequestView } from '@linli/contract/endpoints/open311'
import { maskText } from '@linli/lib/text/masks'
import type { Static } from '@sinclair/typebox'
import type { Open311Ports, PublicCase } from './ports.ts'

/** An instant as W3C writes it, in whole seconds of UTC. */
const instant = (at: Date) => at.toISOString().replace(/\.\d{3}Z$/, 'Z')
const degrees = (value: number) => Math.round(value * 1e6) / 1e6

/**
 * A case as GeoReport v2 shows a request to anybody. What its reporter said stays out: the description is the matter's name, the address ends
 * with the unit grid, and only a city component (部件), which stands in public space, is shown where it stands; all else at its grid's inner point (R26).
 */
export function requestView(ports: Pick<Open311Ports, 'findUnitName' | 'areaNames' | 'findAreaPoint'>, found: PublicCase): Static<typeof RequestView> {
  const point = pointOf(ports, found)
  return {
    service_request_id: found.number,
    status: found.closed ? 'closed' : 'open',
    status_notes: found.publicReply === null ? null : maskText(found.publicReply),
    service_name: found.matterName,
    service_code: found.matterKey,
    description: found.matterName,
    agency_responsible: found.owner === null ? null : (ports.findUnitName(found.owner) ?? null),
    service_notice: null,
    requested_datetime: instant(found.openedAt),
    updated_datetime: instant(found.stateAt),
    expected_datetime: found.closed || found.dueAt === null ? null : instant(found.dueAt),
    address: ports.areaNames(found.areaPath).toReversed().join('，'),
    address_id: null,
    zipcode: null,
    lat: point === undefined ? null : degrees(point.lat),
    long: point === undefined ? null : degrees(point.lon),
    media_url: null,
  }
}

function pointOf(ports: Pick<Open311Ports, 'findAreaPoint'>, found: PublicCase): { lon: number; lat: number } | undefined {
  if (found.lon === null || found.lat === null) return undefined
  if (found.matterKey.split('-')[1] === 'component') return { lon: found.lon, lat: found.lat }
  return found.gridCode === null ? undefined : ports.findAreaPoint(found.gridCode)
}
