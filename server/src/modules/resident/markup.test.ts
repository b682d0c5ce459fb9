import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markup } from './markup.ts'

describe('a page made on the server', () => {
  it('escapes what people said, in text and in attributes, and lets pieces through', () => {
    const said = `<img src=x onerror="alert('1')">&`
    const safe = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
    expect(String(markup`<p title="${said}">${said}</p>`)).toBe(`<p title="${safe}">${safe}</p>`)
    expect(String(markup`<ul>${['a', 'b'].map((one) => markup`<li>${one}</li>`)}</ul>`)).toBe('<ul><li>a</li><li>b</li></ul>')
    expect(String(markup`${null}${undefined}${false}${true}${0}`)).toBe('0')
  })

  it('lets no word of anybody open or close a tag', () => {
    fc.assert(fc.property(fc.string(), (said) => !/[<>"']/.test(String(markup`${said}`))))
  })
})
