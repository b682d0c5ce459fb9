import { isUtf8 } from 'node:buffer'
import { Refusal, type FieldProblem } from '@linli/contract/errors'
import { isStorable } from '@linli/lib/text'

/** The parameters of a GeoReport v2 POST, with how many characters each may have. */
const LIMITS = {
  api_key: 200,
  jurisdiction_id: 200,
  service_code: 80,
  lat: 40,
  long: 40,
  address_string: 500,
  address_id: 40,
  email: 254,
  device_id: 200,
  account_id: 200,
  first_name: 50,
  last_name: 50,
  phone: 40,
  description: 4_000,
  media_url: 2_000,
} as const
export type Parameter = keyof typeof LIMITS
export type Pairs = readonly (readonly [name: string, value: string])[]
export interface Fields {
  /** What was sent and is not empty: an empty parameter is as if it were absent. */
  readonly values: Partial<Record<Parameter, string>>
  readonly attributes: ReadonlyMap<string, readonly string[]>
}
const MOST_PAIRS = 500

/** Name and value pairs of an application/x-www-form-urlencoded body; OPEN311_BODY_NOT_FORM for anything else, TEXT_NOT_ALLOWED for broken UTF-8 and NUL. */
export function decodeForm(contentType: string | undefined, body: Buffer): Pairs {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([\w-]+)"?\s*$/.exec(parameter)?.[1]).find((name) => name !== undefined)
  if (type.trim() !== 'application/x-www-form-urlencoded' || !['utf-8', 'utf8'].includes(charset ?? 'utf-8')) throw new Refusal('OPEN311_BODY_NOT_FORM')
  if (!isUtf8(body)) throw new Refusal('TEXT_NOT_ALLOWED', [{ pointer: '', code: 'utf8' }])
  const parts = body
    .toString('utf8')
    .split('&')
    .filter((part) => part !== '')
  if (parts.length > MOST_PAIRS) throw new Refusal('INPUT_INVALID', [{ pointer: '', code: 'maxProperties', detail: `at most ${MOST_PAIRS} parameters` }])
  return parts.map((part) => {
    const at = part.indexOf('=')
    return at < 0 ? [decoded(part), ''] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))]
  })
}

function decoded(text: string): string {
  try {
    const value = decodeURIComponent(text.replaceAll('+', ' '))
    if (isStorable(value)) return value
  } catch {
    // A broken escape or broken UTF-8 behind it: refused below like a NUL.
  }
  throw new Refusal('TEXT_NOT_ALLOWED', [{ pointer: text.slice(0, 40), code: 'utf8' }])
}

/** The first value of a parameter that is not empty. */
export const firstOf = (pairs: Pairs, name: Parameter): string | undefined => pairs.find(([key, value]) => key === name && value !== '')?.[1]

/** Sorts pairs into the standard's parameters; INPUT_INVALID names each that is unknown, repeated or too long. */
export function readFields(pairs: Pairs): Fields {
  const values: Partial<Record<Parameter, string>> = {}
  const attributes = new Map<string, string[]>()
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  for (const [name, value] of pairs) {
    const attribute = /^attribute\[([^\]]+)\](\[\])?$/.exec(name)
    if (!attribute?.[2]) {
      if (seen.has(name)) problems.push({ pointer: name, code: 'repeated', detail: 'sent more than once' })
      seen.add(name)
    }
    if (attribute?.[1] !== undefined) {
      if (value !== '') attributes.set(attribute[1], [...(attributes.get(attribute[1]) ?? []), value])
    } else if (!Object.hasOwn(LIMITS, name)) problems.push({ pointer: name.slice(0, 80), code: 'unknown', detail: 'not a parameter of GeoReport v2' })
    else if ([...value].length > LIMITS[name as Parameter])
      problems.push({ pointer: name, code: 'maxLength', detail: `at most ${LIMITS[name as Parameter]} characters` })
    else if (value !== '') values[name as Parameter] = value
  }
  if (problems.length > 0) throw new Refusal('INPUT_INVALID', problems.slice(0, 50))
  return { values, attributes }
}
