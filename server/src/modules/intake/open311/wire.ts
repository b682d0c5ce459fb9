import { Refusal } from '@linli/contract/errors'
import { XMLBuilder } from 'fast-xml-parser'

export type Format = 'xml' | 'json'
export const CONTENT_TYPES: Readonly<Record<Format, string>> = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' }

/** Names of the elements inside each list, as GeoReport v2 has them; JSON has arrays in their place (the "Spark" convention). */
const ITEMS: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
}
const builder = new XMLBuilder({ suppressEmptyNode: true })
/** Everything that XML 1.0 cannot hold, also as a reference. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** The format that a path ends with; NOT_FOUND for any other than xml and json. */
export function formatOf(ending: string): Format {
  if (ending === 'xml' || ending === 'json') return ending
  throw new Refusal('NOT_FOUND')
}

/** A value as XML under a root element, or as JSON without one; a null is an empty element. */
export function textOf(format: Format, root: string, value: unknown): string {
  if (format === 'json') return JSON.stringify(value)
  return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: elementsOf(root, value) })}`
}

function elementsOf(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return { [ITEMS[name] ?? name]: value.map((item) => elementsOf('', item)) }
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, elementsOf(key, part)]))
  return typeof value === 'string' ? value.replaceAll(NOT_XML, '\u{fffd}') : (value ?? '')
}
