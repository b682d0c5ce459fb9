import { intake as contract, ReportBody } from '@linli/contract/endpoints/intake'
import type { BodyOf } from '@linli/contract/endpoint'
import { isMasked } from '@linli/lib/text/masks'
import type { FormValues } from '../../../platform/http/html-routes.ts'
import type { WordKey } from '../words/zh-cn.ts'

export const STEPS = ['what', 'where', 'check'] as const
export type ReportStep = (typeof STEPS)[number]

export interface Spot {
  /** WGS84 degrees. */
  readonly lon: number
  readonly lat: number
  readonly accuracyM: number | undefined
  /** The reporter was asked which of two readings is right, and said so. */
  readonly confirmed: boolean
}
/** What somebody has filled in so far (上报草稿): all of it travels in the form itself. */
export interface Draft {
  /** One key per report: a form that is sent twice is one case. */
  readonly key: string
  readonly text: string
  readonly photos: readonly string[]
  readonly matter: string
  readonly spot: Spot | undefined
  /** Whether the place of a photo is to be used where no spot was chosen; undefined before anybody was asked. */
  readonly usePhoto: boolean | undefined
  readonly street: string
  readonly address: string
  readonly name: string
  readonly contact: string
}
/** Something to correct, at the field where it stands. */
export interface Wrong {
  readonly field: 'text' | 'photo' | 'matter' | 'spot' | 'street' | 'address' | 'name' | 'contact' | 'doubt' | 'send'
  readonly key: WordKey
  readonly fill?: Readonly<Record<string, string | number>>
}

const { text, photos, address } = ReportBody.properties
/** What the contract allows; the pages say the same numbers. */
export const MOST = {
  text: text.maxLength ?? 0,
  photos: photos.maxItems ?? 0,
  address: (address.maxLength ?? 0) - 100,
  contact: 100,
  photoBytes: contract.upload.upload?.maxBytes ?? 0,
} as const

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KEY = /^r-[\w-]{20,60}$/

/** An empty report under a key. */
export const emptyDraft = (key: string): Draft => ({
  key,
  text: '',
  photos: [],
  matter: '',
  spot: undefined,
  usePhoto: undefined,
  street: '',
  address: '',
  name: '',
  contact: '',
})

/** Reads a draft out of a form; what no page of ours could have sent is left out, and a key that is not one of ours becomes `newKey`. */
export function readDraft(values: FormValues, newKey: string): Draft {
  const first = (name: string) => values.get(name)?.[0] ?? ''
  const dropped = new Set(values.get('drop'))
  const key = first('key')
  const asked = first('at') === 'where' || first('asked') === 'yes'
  return {
    key: KEY.test(key) ? key : newKey,
    text: first('text'),
    photos: [...new Set(values.get('kept'))].filter((id) => UUID.test(id) && !dropped.has(id)).slice(0, MOST.photos),
    matter: first('matter'),
    spot: spotOf(values),
    usePhoto: asked ? first('usePhoto') === 'yes' : undefined,
    street: first('street'),
    address: first('address').trim(),
    name: first('name').trim(),
    contact: first('contact').trim(),
  }
}

/** The spot that was chosen: the one of the form, the other reading where the reporter said that it is right, none where it was taken back. */
function spotOf(values: FormValues): Spot | undefined {
  const first = (name: string) => values.get(name)?.[0] ?? ''
  if (first('spotForget') === 'yes') return undefined
  const doubt = first('doubt')
  const spot = parseSpot(doubt === 'other' ? first('doubtSpot') : first('spot'))
  return spot && (doubt === 'other' || doubt === 'sent') ? { ...spot, confirmed: true } : spot
}

/** Reads `lon,lat,accuracy,confirmed`; undefined for anything else. */
export function parseSpot(said: string): Spot | undefined {
  const [, lon, lat, accuracy, confirmed] = /^(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,2}(?:\.\d{1,12})?),(\d{1,7}(?:\.\d+)?)?,([01])$/.exec(said) ?? []
  if (lon === undefined || lat === undefined || Math.abs(Number(lon)) > 180 || Math.abs(Number(lat)) > 90) return undefined
  return { lon: Number(lon), lat: Number(lat), accuracyM: accuracy === undefined ? undefined : Number(accuracy), confirmed: confirmed === '1' }
}

/** A spot as the form carries it. */
export const spotText = (spot: Spot | undefined): string =>
  spot ? `${String(spot.lon)},${String(spot.lat)},${spot.accuracyM === undefined ? '' : String(Math.round(spot.accuracyM))},${spot.confirmed ? 1 : 0}` : ''

const lengthOf = (said: string) => [...said].length

/** What is wrong with one step, in words for the reporter. `known` says what the city has. */
export function wrongIn(
  step: ReportStep,
  draft: Draft,
  known: { readonly hasMatter: boolean; readonly hasStreet: boolean; readonly hasSpot: boolean },
): Wrong[] {
  const long = (field: Wrong['field'], said: string, most: number, key: WordKey): Wrong[] =>
    lengthOf(said) > most ? [{ field, key, fill: { n: most, now: lengthOf(said) } }] : []
  if (step === 'what')
    return [
      ...(draft.text.trim() === '' ? [{ field: 'text', key: 'wrong.text' } as const] : long('text', draft.text, MOST.text, 'wrong.textLong')),
      ...(draft.matter !== '' && !known.hasMatter ? [{ field: 'matter', key: 'wrong.matter' } as const] : []),
    ]
  if (step === 'where')
    return [
      ...(draft.street !== '' && !known.hasStreet ? [{ field: 'street', key: 'wrong.street' } as const] : []),
      ...long('address', draft.address, MOST.address, 'wrong.addressLong'),
      ...(!known.hasSpot && draft.street === '' && draft.address === '' ? [{ field: 'address', key: 'wrong.where' } as const] : []),
    ]
  return [
    ...long('name', draft.name, MOST.contact, 'wrong.contactLong'),
    ...long('contact', draft.contact, MOST.contact, 'wrong.contactLong'),
    ...(isMasked('name', draft.name) ? [{ field: 'name', key: 'wrong.contactMask' } as const] : []),
    ...(isMasked('contact', draft.contact) ? [{ field: 'contact', key: 'wrong.contactMask' } as const] : []),
  ]
}

/** The report as intake takes it. An address says its street office first where no spot does. */
export function bodyOf(draft: Draft, spot: Spot | undefined, streetName: string | undefined): BodyOf<typeof contract.report> {
  const where = [spot ? undefined : streetName, draft.address].filter((part) => part !== undefined && part !== '').join(' ')
  const reporter = { ...(draft.name === '' ? {} : { name: draft.name }), ...(draft.contact === '' ? {} : { contact: draft.contact }) }
  return {
    channel: 'web',
    text: draft.text,
    ...(draft.matter === '' ? {} : { matter: draft.matter }),
    ...(spot
      ? {
          position: {
            lon: spot.lon,
            lat: spot.lat,
            crs: 'wgs84',
            ...(spot.accuracyM === undefined ? {} : { accuracyM: spot.accuracyM }),
            ...(spot.confirmed ? { confirmed: true } : {}),
          },
        }
      : {}),
    ...(where === '' ? {} : { address: where }),
    ...(draft.photos.length === 0 ? {} : { photos: [...draft.photos] }),
    ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
  }
}
