import { XMLParser, XMLValidator } from 'fast-xml-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOf, textOf } from './wire.ts'

describe('the formats of GeoReport v2', () => {
  it('are xml and json and no other', () => {
    expect(['xml', 'json'].map(formatOf)).toEqual(['xml', 'json'])
    for (const other of ['', 'XML', 'csv', 'xml.gz', 'json/']) expect(() => formatOf(other)).toThrow('NOT_FOUND')
  })

  it('wrap every list in its container, leave an empty one empty, and write null as an empty element', () => {
    const text = textOf('xml', 'services', [{ service_code: 'a & b', metadata: true, lat: 1.5, address: null, values: [{ key: '1', name: '<一>' }] }])
    expect(text).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<services><service><service_code>a &amp; b</service_code><metadata>true</metadata><lat>1.5</lat><address/><values><value><key>1</key><name>&lt;一&gt;</name></value></values></service></services>',
    )
    expect(textOf('xml', 'service_requests', [])).toMatch(/<service_requests\/>$/)
    expect(textOf('json', 'service_requests', [{ account_id: null }])).toBe('[{"account_id":null}]')
    expect(textOf('xml', 'discovery', { endpoints: [{ formats: ['text/xml'] }] })).toMatch(
      /<discovery><endpoints><endpoint><formats><format>text\/xml<\/format><\/formats><\/endpoint><\/endpoints><\/discovery>$/,
    )
  })

  it('write any text so that a reader of XML gets it back, but for what XML cannot hold', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (said) => {
        const text = textOf('xml', 'errors', [{ code: 'X', description: `|${said}|` }])
        expect(XMLValidator.validate(text)).toBe(true)
        const { errors } = parser.parse(text) as { errors: { error: { description: string } } }
        const expected = [...said].map((character) => (/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) ? '\uFFFD' : character)).join('')
        expect(errors.error.description.replaceAll('\r\n', '\n').replaceAll('\r', '\n')).toBe(`|${expected}|`.replaceAll('\r\n', '\n').replaceAll('\r', '\n'))
      }),
    )
  })
})
