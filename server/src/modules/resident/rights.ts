import { personalColumns, type Declaration } from '@linli/contract/personal'
import { PURPOSES, type Purpose } from '@linli/contract/permissions'
import type { HtmlAnswer } from '../../platform/http/html-routes.ts'
import { heading } from './fields.ts'
import { markup, type Html } from './markup.ts'
import { page } from './layout.ts'
import type { Reader } from './reader.ts'

/** Tables that hold what a reporter gave; everything else that is personal is about staff in office. */
const OF_REPORTERS = /^(?:intake\.(?:report|reporter)|cases\.entry_words|platform\.blob)\./
const YEAR = 365

/** How reporters' data is used (处理活动登记, PIPL 17, R2), read from the declarations that mask, log and erase: the page cannot say other than the program does. */
export function rightsPage(reader: Reader): HtmlAnswer {
  const { t } = reader
  const declared = [...personalColumns].flatMap(([column, declaration]) => ('notPersonal' in declaration || !OF_REPORTERS.test(column) ? [] : [declaration]))
  const activities = (Object.keys(PURPOSES) as Purpose[]).flatMap((purpose) => {
    const used = declared.filter((one) => one.purposes.includes(purpose))
    return used.length === 0 ? [] : [activity(reader, purpose, used)]
  })
  const rights = (['rights.yoursRead', 'rights.yoursWhy', 'rights.yoursReview', 'rights.yoursCorrect'] as const).map((key) => markup`<li>${t(key)}</li>`)
  const body = markup`${heading(reader, t('rights.title'), t('rights.lead'))}
    <section>
      <h2>${t('rights.optional')}</h2>
      <p>${t('rights.optionalNone')}</p>
    </section>
    ${activities}
    <section>
      <h2>${t('rights.yours')}</h2>
      <ul class="plain">
        ${rights}
      </ul>
      <p><a class="button" href="/r/track">${t('nav.track')}</a></p>
    </section>`
  return { html: page(reader, { title: t('rights.title'), body, nav: 'nav.rights' }) }
}

function activity(reader: Reader, purpose: Purpose, used: readonly Declaration[]): Html {
  const { t } = reader
  const kinds = [...new Set(used.map((one) => one.kind))].map((kind) => {
    const days = used.filter((one) => one.kind === kind).map((one) => one.retentionDays)
    const longest = Math.max(...days)
    const period = longest % YEAR === 0 ? t('rights.years', { n: longest / YEAR }) : t('rights.days', { n: longest })
    return markup`<li>${reader.word('kind', kind)}: ${t('rights.afterEnd', { period })}</li>`
  })
  const row = (title: string, said: Html | string) =>
    markup`<div>
      <dt>${title}</dt>
      <dd>${said}</dd>
    </div>`
  return markup`<section class="note">
    <h2>${reader.pick(PURPOSES[purpose])}</h2>
    <dl class="summary">
      ${row(t('rights.body'), t('rights.bodyName', { city: reader.cityName }))}
      ${row(t('rights.basis'), PURPOSES[purpose].basis)}${row(
        t('rights.fields'),
        markup`<ul class="plain">
          ${kinds}
        </ul>`,
      )}${row(t('rights.recipients'), reader.word('recipients', purpose))}
    </dl>
  </section>`
}
