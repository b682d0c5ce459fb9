import type { BodyOf } from '@linli/contract/endpoint'
import type { intake } from '@linli/contract/endpoints/intake'
import type { UploadedFile } from '../move-form/draft.ts'

export interface Spot {
  readonly lon: number
  readonly lat: number
}

/** What somebody has filled in so far for one report (上报草稿). */
export interface ReportDraft {
  /** WGS84 degrees, unless `crs` says that the numbers are to be read in another system. */
  readonly spot: Spot
  readonly crs: 'wgs84' | 'gcj02'
  /** The sender was asked which system is meant and said so. */
  readonly confirmed: boolean
  readonly text: string
  readonly matter: string | undefined
  readonly conditionRow: number | undefined
  readonly files: readonly UploadedFile[]
  readonly address: string
  readonly name: string
  readonly contact: string
  /** One key per report: a resend keeps it, so that the server answers it as the first. */
  readonly key: string
  /** The body that was last sent under the key. */
  readonly sent: string | undefined
}
export type ReportBody = BodyOf<typeof intake.report>
export type ReportField = 'text' | 'position' | 'matter' | 'conditionRow' | 'photos' | 'address' | 'name' | 'contact'

/** Seven decimals of a degree are a centimetre. */
const PLACES = 1e7
const POINTERS: Readonly<Record<ReportField, string>> = {
  text: '/body/text',
  position: '/body/position',
  matter: '/body/matter',
  conditionRow: '/body/conditionRow',
  photos: '/body/photos',
  address: '/body/address',
  name: '/body/reporter/name',
  contact: '/body/reporter/contact',
}

/** A report as its form opens: a spot and nothing said. */
export function emptyReport(spot: Spot, key: string): ReportDraft {
  return {
    spot,
    crs: 'wgs84',
    confirmed: false,
    text: '',
    matter: undefined,
    conditionRow: undefined,
    files: [],
    address: '',
    name: '',
    contact: '',
    key,
    sent: undefined,
  }
}

/** The request for a report made at the spot by somebody at work; what was left empty is left out. */
export function reportBody(draft: ReportDraft): ReportBody {
  const said = (name: 'address' | 'name' | 'contact') => (draft[name].trim() === '' ? {} : { [name]: draft[name].trim() })
  const reporter = { ...said('name'), ...said('contact') }
  const round = (degrees: number) => Math.round(degrees * PLACES) / PLACES
  return {
    channel: 'field',
    text: draft.text,
    position: { lon: round(draft.spot.lon), lat: round(draft.spot.lat), crs: draft.crs, ...(draft.confirmed ? { confirmed: true } : {}) },
    ...(draft.matter === undefined ? {} : { matter: draft.matter }),
    ...(draft.matter === undefined || draft.conditionRow === undefined ? {} : { conditionRow: draft.conditionRow }),
    ...(draft.files.length === 0 ? {} : { photos: draft.files.map((file) => file.id) }),
    ...said('address'),
    ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
  }
}

/** The draft as it goes out: the same body under the same key, a body that changed since it was last sent under a new one. */
export function stamped(draft: ReportDraft, newKey: string): ReportDraft {
  const sent = JSON.stringify(reportBody(draft))
  return { ...draft, sent, key: draft.sent === undefined || draft.sent === sent ? draft.key : newKey }
}

/** The form's field that a JSON pointer of the server names. */
export function reportFieldOf(pointer: string): ReportField | undefined {
  return (Object.keys(POINTERS) as ReportField[]).find((field) => pointer === POINTERS[field] || pointer.startsWith(`${POINTERS[field]}/`))
}
