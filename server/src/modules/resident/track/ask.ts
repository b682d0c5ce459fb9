import type { HtmlAnswer } from '../../../platform/http/html-routes.ts'
import { heading, mistakeList, textField } from '../fields.ts'
import { markup } from '../markup.ts'
import { page } from '../layout.ts'
import type { Reader } from '../reader.ts'
import type { WordKey } from '../words/zh-cn.ts'

/** What somebody typed or pasted: a number, a receipt with or without spaces, or a whole link; undefined where it is neither. */
export function soughtIn(typed: string): { readonly number: string } | { readonly receipt: string } | undefined {
  const text = typed.replaceAll(/\s+/g, '')
  const number = /^[A-Z]{2,4}-\d{8}-\d{4,}$/.exec(text.toUpperCase().replaceAll('－', '-'))?.[0]
  if (number !== undefined) return { number }
  const receipt = /(?:^|\/)([\w-]{20,60})(?:\?[^/]*)?$/.exec(text)?.[1]
  return receipt === undefined ? undefined : { receipt }
}

/** Asks for the number or the receipt of a report. */
export function askPage(reader: Reader, typed: string, wrong?: WordKey): HtmlAnswer {
  const { t, city } = reader
  const mistakes = wrong === undefined ? [] : [{ field: 'sought', text: t(wrong) }]
  const example = `${city.casePrefix}-20260101-000123`
  const body = markup`${mistakeList(reader, mistakes)}${heading(reader, t('track.title'))}
    <form method="post" action="/r/track" novalidate>
      ${textField(reader, mistakes, { name: 'sought', label: t('track.lead'), hint: t('track.leadHint', { example }), value: typed })}
      <div class="buttons"><button class="main">${t('track.look')}</button></div>
    </form>
    <p><a href="/r/my">${t('nav.my')}</a></p>`
  const title = `${wrong === undefined ? '' : `${t('site.wrongTitle')} – `}${t('track.title')}`
  return { status: wrong === undefined ? 200 : wrong === 'track.malformed' ? 422 : 404, html: page(reader, { title, body, nav: 'nav.track' }) }
}
