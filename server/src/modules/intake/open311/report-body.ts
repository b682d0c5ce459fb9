import type { BodyOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal, type FieldProblem } from '@linli/contract/errors'
import { titleOf } from '@linli/lib/text'
import { maskText } from '@linli/lib/text/masks'
import { formOf } from './attributes.ts'
import type { Fields } from './form-body.ts'
import type { ServiceMatter } from './ports.ts'

type Report = BodyOf<typeof contract.report>

/**
 * A GeoReport v2 request as a report of ours. Coordinates are WGS84 by the standard; `address_id` is the code of a city component (部件编码).
 * `device_id` and `account_id` are not kept: nothing here needs them (R3). OPEN311_LOCATION_MISSING, INPUT_INVALID.
 */
export function reportOf({ values, attributes }: Fields, matter: ServiceMatter): Report {
  const position = positionOf(values)
  const { address_string: address, address_id: component, description = '', media_url: media } = values
  if (position === undefined && address === undefined && component === undefined) throw new Refusal('OPEN311_LOCATION_MISSING')
  const problems: FieldProblem[] = [
    ...(component === undefined || /^\d{16}$/.test(component) ? [] : [{ pointer: 'address_id', code: 'pattern', detail: 'the 16 digits of a city component' }]),
    ...(media === undefined || isWebAddress(media) ? [] : [{ pointer: 'media_url', code: 'uri', detail: 'an http or https URL' }]),
  ]
  if (problems.length > 0) throw new Refusal('INPUT_INVALID', problems)
  const form = formOf(matter.form, attributes)
  const reporter = reporterOf(values)
  return {
    channel: 'open311',
    // The words say themselves which parameter they came from; the address is kept for a person to open and never fetched from here.
    title: titleOf(maskText(description)) || matter.name,
    text: media === undefined ? description : [description, `media_url: ${media}`].filter((part) => part !== '').join('\n'),
    matter: matter.key,
    ...(position === undefined ? {} : { position }),
    ...(address === undefined ? {} : { address }),
    ...(component === undefined ? {} : { component }),
    ...(form === undefined ? {} : { form }),
    ...(reporter === undefined ? {} : { reporter }),
  }
}

function positionOf({ lat, long }: Fields['values']): Report['position'] {
  if (lat === undefined && long === undefined) return undefined
  const wrong = Object.entries({ lat, long }).flatMap(([name, said]): FieldProblem[] => {
    if (said === undefined) return [{ pointer: name, code: 'required', detail: 'lat and long go together' }]
    const fits = /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(said) && Math.abs(Number(said)) <= 180
    return fits ? [] : [{ pointer: name, code: 'number', detail: 'degrees as a decimal number' }]
  })
  if (wrong.length > 0) throw new Refusal('INPUT_INVALID', wrong)
  return { lon: Number(long), lat: Number(lat), crs: 'wgs84' }
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return (url?.protocol === 'http:' || url?.protocol === 'https:') && !/\s/.test(text)
}

/** Name and contact as intake keeps them; a Chinese name is written family name first and without a space. */
function reporterOf(values: Fields['values']): Report['reporter'] {
  const { first_name: first, last_name: last, phone, email } = values
  const parts = [first, last].filter((part) => part !== undefined)
  const name = parts.some((part) => /\p{Script=Han}/u.test(part)) ? parts.toReversed().join('') : parts.join(' ')
  const contact = [phone, email].filter((part) => part !== undefined).join(' ')
  if (name === '' && contact === '') return undefined
  return { ...(name === '' ? {} : { name }), ...(contact === '' ? {} : { contact }) }
}
