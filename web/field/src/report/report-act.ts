import type { Act } from '../outbox/types.ts'
import type { ReportDraft, Spot } from './draft.ts'

/** Seven decimals of a degree are a centimetre. */
const PLACES = 1e7
const round = (degrees: number) => Math.round(degrees * PLACES) / PLACES

/** A report as it goes out, but for its photos and its time; what was left empty is left out. */
export function reportAct(draft: ReportDraft, spot: Spot): Act {
  return {
    kind: 'report',
    body: {
      channel: 'field',
      text: draft.text.trim(),
      position: {
        lon: round(spot.lon),
        lat: round(spot.lat),
        crs: 'wgs84',
        ...(spot.accuracyM === null ? {} : { accuracyM: Math.round(spot.accuracyM) }),
        ...(draft.confirmed ? { confirmed: true } : {}),
      },
      ...(draft.matter === null ? {} : { matter: draft.matter }),
      ...(draft.matter === null || draft.row === null ? {} : { conditionRow: draft.row }),
      ...(draft.address.trim() === '' ? {} : { address: draft.address.trim() }),
      ...(draft.component === null ? {} : { component: draft.component }),
    },
  }
}

/** A report that was refused as a draft again, to be put right; `confirmed` where the sender stands by the position. */
export function draftOf(act: Extract<Act, { kind: 'report' }>, photos: readonly string[]): ReportDraft {
  const { body } = act
  const { position } = body
  return {
    photos,
    spot: position ? { lon: position.lon, lat: position.lat, accuracyM: position.accuracyM ?? null } : null,
    matter: body.matter ?? null,
    row: body.conditionRow ?? null,
    text: body.text,
    address: body.address ?? '',
    component: body.component ?? null,
    confirmed: position?.confirmed === true,
  }
}
